import { escapeHtml } from './escape.ts';
import type { NavigationPart } from './navigation.ts';
import { relativeUrl } from './pages.ts';
import type { RenderedPage } from './render-page.ts';

/** Bits of a page that lead to other pages. */
interface Around {
  url: string;
  navigation: readonly NavigationPart[];
}

/** The whole page. Scripts and styles are files of the site: its headers allow no others. */
export function layOut(rendered: RenderedPage, navigation: readonly NavigationPart[]): string {
  const { page, title, html } = rendered;
  const around = { url: page.url, navigation };
  const to = (url: string) => relativeUrl(page.url, url);
  const name = page.url === 'index.html' ? 'Seenby' : `${title} · Seenby`;
  const [, script] = /data-script="([\w-]+)"/.exec(html) ?? [];
  return `<!doctype html>
<html lang="en" data-root="${to('index.html').replace(/index\.html$/, '')}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="description" content="${escapeHtml(descriptionOf(html))}" />
<title>${escapeHtml(name)}</title>
<link rel="icon" href="${to('assets/icon.svg')}" type="image/svg+xml" />
<script src="${to('assets/theme.js')}"></script>
<link rel="stylesheet" href="${to('assets/style.css')}" />
<script type="module" src="${to('assets/site.js')}"></script>
${script === undefined ? '' : `<script type="module" src="${to(`assets/${script}.js`)}"></script>\n`}</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="${to('index.html')}"><img src="${to('assets/icon.svg')}" alt="" width="26" height="26" />Seenby</a>
<a class="menu" href="#pages">Menu</a>
<span class="tools">
<a href="${to('../index.html').replace('index.html', '')}">Demo</a>
<button type="button" class="search" data-search hidden><span>Search</span> <kbd>/</kbd></button>
<button type="button" class="theme" data-theme-choice hidden></button>
</span>
</header>
<div class="columns">
<main id="content" tabindex="-1">
<article>
${html}</article>
${neighbours(around)}</main>
${outline(rendered)}
<nav id="pages" class="pages" aria-label="Pages">
${parts(around)}</nav>
</div>
</body>
</html>
`;
}

function descriptionOf(html: string): string {
  const [, first = ''] = /<p>([\s\S]*?)<\/p>/.exec(html) ?? [];
  return first
    .replace(/<[^>]*>|&[a-z#0-9]+;/g, '')
    .replaceAll('\n', ' ')
    .slice(0, 160);
}

const parts = ({ url, navigation }: Around): string =>
  navigation
    .map(({ title, entries }) => {
      const items = entries.map((entry) => {
        const current = entry.page.url === url ? ' aria-current="page"' : '';
        const href = relativeUrl(url, entry.page.url);
        return `<li><a href="${href}"${current}>${escapeHtml(entry.title)}</a></li>`;
      });
      return `<h2>${escapeHtml(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`;
    })
    .join('');

/** A short page needs none. */
function outline({ headings }: RenderedPage): string {
  const shown = headings.filter(({ depth }) => depth === 2 || depth === 3);
  if (shown.length < 3) return '<div></div>';
  const items = shown.map(
    ({ depth, anchor, html }) =>
      `<li class="depth-${depth}"><a href="#${anchor}">${html.replace(/<\/?a[^>]*>/g, '')}</a></li>`,
  );
  return `<nav class="outline" aria-label="On this page"><h2>On this page</h2>\n<ul>\n${items.join('\n')}\n</ul></nav>`;
}

function neighbours({ url, navigation }: Around): string {
  const entries = navigation.flatMap((part) => part.entries);
  const place = entries.findIndex(({ page }) => page.url === url);
  if (place < 0) return '';
  const link = (step: -1 | 1, label: string) => {
    const entry = entries[place + step];
    if (!entry) return '<span></span>';
    const href = relativeUrl(url, entry.page.url);
    return `<a href="${href}"><small>${label}</small> ${escapeHtml(entry.title)}</a>`;
  };
  return `<nav class="neighbours" aria-label="Next pages">${link(-1, 'Before')}${link(1, 'Next')}</nav>\n`;
}
