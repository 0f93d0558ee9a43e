import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** A Markdown file of the project, and the page that is made of it. */
export interface Page {
  /** From the root of the project on: `docs/client.md`. */
  path: string;
  /** From the root of the site on: `client.html`. */
  url: string;
  markdown: string;
}

/** Folders whose README is the page of the folder. */
const patterns = ['*.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md'];

/** All pages, by path. */
export function readPages(projectDir: string): ReadonlyMap<string, Page> {
  const paths = patterns.flatMap((pattern) => globSync(pattern, { cwd: projectDir })).sort();
  return new Map(
    paths.map((path) => {
      const markdown = readFileSync(join(projectDir, path), 'utf8');
      return [path, { path, url: urlOf(path), markdown }];
    }),
  );
}

/** The root's own README is the overview: the site begins with the page that leads through it. */
function urlOf(path: string): string {
  if (path === 'README.md') return 'overview.html';
  const inSite = path.replace(/^docs\//, '').replace(/\.md$/, '.html');
  if (inSite === 'README.html') return 'index.html';
  if (!inSite.endsWith('/README.html')) return inSite.toLowerCase();
  const folder = dirname(inSite);
  return path.startsWith('docs/') ? `${folder}/index.html` : `${folder}.html`;
}

/** From one page of the site to another one, so that the site works below any path. */
export function relativeUrl(fromUrl: string, toUrl: string): string {
  return posix.relative(posix.dirname(fromUrl), toUrl) || posix.basename(toUrl);
}
