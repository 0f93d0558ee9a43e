import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Page, relativeUrl } from './pages.ts';

/** Where a link of a page leads to. */
export type Target =
  | { kind: 'elsewhere'; href: string }
  /** A page of the site, or a place in one. */
  | { kind: 'page'; href: string }
  /** A file below docs/, which the site has as well: from the root of the site on. */
  | { kind: 'file'; href: string; file: string }
  /** A file or folder of the project that the site does not have. */
  | { kind: 'source'; path: string }
  | { kind: 'missing'; path: string };

export interface LinkContext {
  projectDir: string;
  pages: ReadonlyMap<string, Page>;
}

/** Follows a link as a reader of the Markdown file would. */
export function followLink(page: Page, href: string, { projectDir, pages }: LinkContext): Target {
  if (/^[a-z]+:/.test(href)) return { kind: 'elsewhere', href };
  const [file = '', anchor] = href.split('#');
  const path = file === '' ? page.path : posix.join(posix.dirname(page.path), file);
  const target = pages.get(path);
  if (target) {
    const url =
      target.path === page.path && anchor !== undefined ? '' : relativeUrl(page.url, target.url);
    return { kind: 'page', href: anchor === undefined ? url : `${url}#${anchor}` };
  }
  if (!existsSync(join(projectDir, path))) return { kind: 'missing', path };
  const isFile = statSync(join(projectDir, path)).isFile();
  if (!isFile || !path.startsWith('docs/')) return { kind: 'source', path };
  const inSite = path.slice('docs/'.length);
  return { kind: 'file', href: relativeUrl(page.url, inSite), file: inSite };
}
