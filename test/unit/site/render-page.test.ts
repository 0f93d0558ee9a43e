import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readNavigation } from '../../../site/build/navigation.ts';
import { type Page, readPages } from '../../../site/build/pages.ts';
import { renderPage } from '../../../site/build/render-page.ts';
import { sectionsOf } from '../../../site/build/sections.ts';

const projectDir = mkdtempSync(join(tmpdir(), 'seenby-pages-'));
const files: Record<string, string> = {
  'docs/README.md': '# All\n\n## Guides\n\n- [A `b`](a.md): first\n- no link\n\n## Empty\n',
  'docs/a.md': '# A\n',
  'docs/data.json': '{}',
  'docs/deep/README.md': '# Deep\n',
  'packages/x/README.md': '# X\n',
  'src/code.ts': '',
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(projectDir, path)), { recursive: true });
  writeFileSync(join(projectDir, path), text);
}
afterAll(() => rmSync(projectDir, { recursive: true }));

const context = { projectDir, pages: readPages(projectDir) };

function render(markdown: string, path = 'docs/a.md') {
  const page = { ...(context.pages.get(path) as Page), markdown };
  return renderPage(page, context);
}

describe('a page', () => {
  it.each([
    ['[x](deep/README.md)', '<a href="deep/index.html">x</a>'],
    ['[x](README.md#guides)', '<a href="index.html#guides">x</a>'],
    ['[x](../packages/x/README.md)', '<a href="packages/x.html">x</a>'],
    ['[x](#here)', '<a href="#here">x</a>'],
    ['[x](data.json)', '<a href="data.json">x</a>'],
    ['[x](../src/code.ts)', '<p>x</p>'],
    ['[x](https://example.com/?a=1&b=2)', '<a href="https://example.com/?a=1&amp;b=2" rel='],
    ['![a "b"](data.json)', '<img src="data.json" alt="a &quot;b&quot;" />'],
  ])('follows %s', (markdown, html) => {
    expect(render(markdown).html).toContain(html);
  });

  it('takes the files along that it shows', () => {
    expect(render('![x](data.json) and [y](data.json)').files).toEqual(['data.json', 'data.json']);
  });

  it('refuses a link that leads nowhere, in one sentence', () => {
    expect(() => render('[x](b.md)')).toThrow('docs/a.md leads to docs/b.md, which is not there.');
  });

  it('shows HTML as text, and comments not at all', () => {
    const { html } = render('a <script>alert(1)</script> <b onclick="x">\n\n<!-- bench: x -->\n');
    expect(html).not.toMatch(/<script|<b |bench/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('has a place where a comment asks for a script', () => {
    expect(render('<!-- here: costs -->\n').html).toBe(
      '<div id="costs" data-script="costs"></div>\n',
    );
  });

  it('has anchors as GitHub makes them, with code, and a second one of the same name', () => {
    const { headings, html } = render('# The `a.b` & co\n\n## Same\n\n## Same\n');
    expect(headings.map(({ anchor }) => anchor)).toEqual(['the-ab--co', 'same', 'same-1']);
    expect(html).toContain('<h1 id="the-ab--co">The <code>a.b</code> &amp; co</h1>');
  });

  it('colours code, names its file, and marks the lines of a terminal', () => {
    const { html } = render(
      '```ts chat.ts\nconst a = "<b>";\n```\n\n```console bob\n$ ls\n> {}\n< {}\nout\n```\n',
    );
    expect(html).toContain('<figcaption>chat.ts</figcaption>');
    expect(html).toContain('<span class="hljs-keyword">const</span>');
    expect(html).toContain('&quot;&lt;b&gt;&quot;');
    expect(html.match(/class="(?:prompt|sent|received|output)"/g)).toHaveLength(4);
  });
});

it('the first page says which pages there are', () => {
  const parts = readNavigation(context.pages.get('docs/README.md') as Page, context);
  expect(parts).toEqual([
    { title: 'Guides', entries: [{ title: 'A b', page: context.pages.get('docs/a.md') }] },
  ]);
});

it('the search knows the words of a page, by section', () => {
  const rendered = render(
    '# A\n\nOne *two*.\n\n## B `c`\n\n- x\n- y\n\n| k | v |\n|---|---|\n| 1 | `2` |\n',
  );
  expect(sectionsOf(rendered)).toEqual([
    { url: 'a.html', page: 'A', heading: 'A', text: 'One two.' },
    { url: 'a.html#b-c', page: 'A', heading: 'B c', text: 'x y k v 1 2' },
  ]);
});
