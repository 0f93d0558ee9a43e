import { Marked, type Token } from 'marked';
import { createAnchors } from './headings.ts';
import type { RenderedPage } from './render-page.ts';

/** A part of a page that the search finds. */
export interface Section {
  /** From the root of the site on, with an anchor. */
  url: string;
  page: string;
  heading: string;
  text: string;
}

/** The text of a page, cut at its headings. */
export function sectionsOf({ page, title }: RenderedPage): Section[] {
  const anchorOf = createAnchors();
  const sections: Section[] = [];
  for (const token of new Marked().lexer(page.markdown)) {
    if (token.type === 'heading') {
      const heading = plainTextOf(token);
      const anchor = anchorOf(heading);
      const url = sections.length === 0 ? page.url : `${page.url}#${anchor}`;
      sections.push({ url, page: title, heading, text: '' });
      continue;
    }
    const section = sections.at(-1);
    if (section) section.text += ` ${plainTextOf(token)}`;
  }
  return sections.map((section) => ({
    ...section,
    text: section.text.replaceAll(/\s+/g, ' ').trim(),
  }));
}

/** What a reader sees of a token: the words of its parts. */
function plainTextOf(token: Token): string {
  if (token.type === 'html' || token.type === 'space') return '';
  const { header, rows, items, tokens } = token as {
    header?: Token[];
    rows?: Token[][];
    items?: Token[];
    tokens?: Token[];
  };
  const parts = tokens ?? items ?? (rows ? [...(header ?? []), ...rows.flat()] : undefined);
  const blanks = tokens ? '' : ' ';
  if (parts) return parts.map(plainTextOf).join(blanks);
  return 'text' in token ? String(token.text) : '';
}
