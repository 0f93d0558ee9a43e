import { Marked, type Token, type Tokens } from 'marked';
import { followLink, type LinkContext } from './links.ts';
import type { Page } from './pages.ts';

/** A heading of the first page, and the pages that are listed below it. */
export interface NavigationPart {
  title: string;
  entries: readonly { title: string; page: Page }[];
}

/** The way through the site is the one that its first page describes: its headings and lists. */
export function readNavigation(first: Page, context: LinkContext): NavigationPart[] {
  const parts: { title: string; entries: { title: string; page: Page }[] }[] = [];
  for (const token of new Marked().lexer(first.markdown)) {
    if (token.type === 'heading' && token.depth === 2) {
      parts.push({ title: String(token.text), entries: [] });
    }
    if (token.type !== 'list') continue;
    for (const item of (token as Tokens.List).items) {
      const entry = entryOf(item, first, context);
      if (entry) parts.at(-1)?.entries.push(entry);
    }
  }
  return parts.filter(({ entries }) => entries.length > 0);
}

/** An entry leads to the page that its first link leads to. */
function entryOf({ tokens }: Tokens.ListItem, first: Page, context: LinkContext) {
  const link = findLink(tokens);
  if (!link) return undefined;
  const target = followLink(first, link.href, context);
  const page = [...context.pages.values()].find(
    ({ url }) => target.kind === 'page' && url === target.href,
  );
  return page && { title: link.text.replaceAll('`', ''), page };
}

function findLink(tokens: readonly Token[]): Tokens.Link | undefined {
  for (const token of tokens) {
    if (token.type === 'link') return token as Tokens.Link;
    const found = 'tokens' in token ? findLink(token.tokens ?? []) : undefined;
    if (found) return found;
  }
  return undefined;
}
