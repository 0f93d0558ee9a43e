/** Where a package's sources are, as npm wants to know it: it checks it against where a package was built. */
export interface Repository {
  type: 'git';
  url: string;
  directory: string;
}

/**
 * Known where GitHub builds the packages, which says so in the environment: a copy of this project then names
 * itself. Elsewhere it is left out.
 */
export function repositoryOf(
  folder: string,
  { GITHUB_SERVER_URL, GITHUB_REPOSITORY }: NodeJS.ProcessEnv,
): Repository | undefined {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY) return undefined;
  const url = `git+${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}.git`;
  return { type: 'git', url, directory: `packages/${folder}` };
}
