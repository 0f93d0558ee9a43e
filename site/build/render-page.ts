import { Marked, type RendererObject, type Tokens } from 'marked';
import { escapeHtml } from './escape.ts';
import { createAnchors } from './headings.ts';
import { highlight } from './highlight.ts';
import { followLink, type LinkContext } from './links.ts';
import type { Page } from './pages.ts';

export interface Heading {
  depth: number;
  anchor: string;
  /** As HTML. */
  html: string;
  text: string;
}

/** A page's content, and what else the site needs of it. */
export interface RenderedPage {
  page: Page;
  title: string;
  html: string;
  headings: readonly Heading[];
  /** Files below docs/ that the page shows or leads to. */
  files: readonly string[];
}

/** Throws one sentence about a link that leads nowhere. */
export function renderPage(page: Page, context: LinkContext): RenderedPage {
  const headings: Heading[] = [];
  const files: string[] = [];
  const renderer = createRenderer(page, context, headings, files);
  const html = new Marked({ renderer }).parse(page.markdown, { async: false });
  return { page, title: headings[0]?.text ?? page.path, html, headings, files };
}

/** Comments mark what tools write; any other HTML in a page is shown as the text that it is. */
const htmlOf = ({ text }: Tokens.HTML | Tokens.Tag): string =>
  /^<!--[\s\S]*-->\s*$/.test(text) ? placeFor(text) : escapeHtml(text);

/** `<!-- here: costs -->` is where a script of the site shows something. */
const placeFor = (comment: string): string => {
  const [, name] = /<!-- here: ([\w-]+) -->/.exec(comment) ?? [];
  return name === undefined ? '' : `<div id="${name}" data-script="${name}"></div>\n`;
};

function codeOf({ text, lang = '' }: Tokens.Code): string {
  const [language = '', ...label] = lang.split(' ');
  const caption = label.length > 0 ? `<figcaption>${escapeHtml(label.join(' '))}</figcaption>` : '';
  const code = highlight(text, languageNames[language] ?? language);
  return `<figure class="code">${caption}<pre tabindex="0"><code>${code}\n</code></pre></figure>\n`;
}

const languageNames: Record<string, string> = {
  sh: 'bash',
  ts: 'typescript',
  tsx: 'typescript',
  js: 'javascript',
  jsx: 'javascript',
  html: 'xml',
};

function createRenderer(
  page: Page,
  context: LinkContext,
  headings: Heading[],
  files: string[],
): RendererObject {
  const anchorOf = createAnchors();
  const follow = (href: string) => {
    const target = followLink(page, href, context);
    if (target.kind === 'file') files.push(target.file);
    if (target.kind !== 'missing') return target;
    throw new Error(`${page.path} leads to ${target.path}, which is not there.`);
  };
  return {
    html: htmlOf,
    code: codeOf,
    heading({ tokens, depth }) {
      const html = this.parser.parseInline(tokens);
      const text = this.parser.parseInline(tokens, this.parser.textRenderer);
      const anchor = anchorOf(plain(text));
      headings.push({ depth, anchor, html, text: plain(text) });
      if (depth === 1) return `<h1 id="${anchor}">${html}</h1>\n`;
      const label = `Link to “${text.replaceAll('"', '&quot;')}”`;
      const link = `<a class="anchor" href="#${anchor}" aria-label="${label}">#</a>`;
      return `<h${depth} id="${anchor}">${html} ${link}</h${depth}>\n`;
    },
    link({ href, tokens }) {
      const html = this.parser.parseInline(tokens);
      const target = follow(href);
      if (target.kind === 'source') return html;
      const rel = target.kind === 'elsewhere' ? ' rel="noreferrer"' : '';
      return `<a href="${escapeHtml(target.href)}"${rel}>${html}</a>`;
    },
    image({ href, text }) {
      const target = follow(href);
      const source = 'href' in target ? target.href : '';
      return `<img src="${escapeHtml(source)}" alt="${escapeHtml(text)}" />`;
    },
    table({ header, rows }) {
      const cells = (tag: string, row: Tokens.TableCell[]) =>
        row
          .map(({ text, tokens }) => {
            // An empty corner heads nothing.
            const name = text === '' ? 'td' : tag;
            return `<${name}>${this.parser.parseInline(tokens)}</${name}>`;
          })
          .join('');
      const isBlank = header.every(({ text }) => text === '');
      const head = isBlank ? '' : `<thead><tr>${cells('th', header)}</tr></thead>`;
      const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n');
      return `<div class="table" tabindex="0"><table>${head}<tbody>${body}</tbody></table></div>\n`;
    },
  };
}

/** Marked escapes text; a heading's own is wanted. */
const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
