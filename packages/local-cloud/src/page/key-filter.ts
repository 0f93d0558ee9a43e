/** Which keys `aws s3 sync` takes: all but the excluded, and the included of those after all. */
export function createKeyFilter(
  exclude: readonly string[] = [],
  include: readonly string[] = [],
): (key: string) => boolean {
  const excluded = exclude.map(toPattern);
  const included = include.map(toPattern);
  return (key) => matches(included, key) || !matches(excluded, key);
}

function matches(patterns: readonly RegExp[], key: string): boolean {
  return patterns.some((pattern) => pattern.test(key));
}

/** As the AWS CLI reads them: `*` and `?` stand for slashes as well. */
function toPattern(text: string): RegExp {
  const escaped = text.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('[!', '[^');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
