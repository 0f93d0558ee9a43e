import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite } from '../../../site/build/build-site.ts';
import type { Section } from '../../../site/build/sections.ts';
import { pages, root } from '../docs/markdown.ts';

const outDir = mkdtempSync(join(tmpdir(), 'seenby-site-'));
let files: ReadonlySet<string>;
const textOf = new Map<string, string>();

beforeAll(() => {
  buildSite({ projectDir: root, outDir });
  files = new Set(globSync('**/*.*', { cwd: outDir }));
  for (const file of files) {
    if (file.endsWith('.html')) textOf.set(file, readFileSync(join(outDir, file), 'utf8'));
  }
});
afterAll(() => rmSync(outDir, { recursive: true }));

const attributesOf = (html: string, names: string): string[] =>
  [...html.matchAll(new RegExp(`\\s(?:${names})="([^"]*)"`, 'g'))].map(([, value = '']) => value);

/** Links of a page to places of the site, each with the file that it leads to. */
function linksOf(file: string): { href: string; target: string; anchor: string | undefined }[] {
  return attributesOf(textOf.get(file) ?? '', 'href|src')
    .filter((href) => !/^[a-z]+:/.test(href))
    .map((href) => {
      const [path = '', anchor] = href.split('#');
      return { href, anchor, target: path === '' ? file : posix.join(posix.dirname(file), path) };
    });
}

/** The demo page, which the site lies below. */
const isAbove = (target: string): boolean => target === '../' || target === '..';

describe('the documentation site', () => {
  it('has a page for every Markdown page of the project', () => {
    expect(textOf.size).toBe(pages.length);
    expect(textOf.get('index.html')).toContain('<h1 id="documentation">Documentation</h1>');
  });

  it('has no link that leads nowhere, neither to a file nor to a place in it', () => {
    const links = [...textOf.keys()].flatMap((file) =>
      linksOf(file).map((link) => ({ file, ...link })),
    );
    expect(links.length).toBeGreaterThan(1000);
    const dead = links.filter(({ target, anchor }) => {
      if (isAbove(target)) return false;
      if (!files.has(target)) return true;
      const html = textOf.get(target);
      return anchor !== undefined && !(html && attributesOf(html, 'id').includes(anchor));
    });
    expect(dead).toEqual([]);
  });

  it('leads from its first page to every page, decisions by way of their list', () => {
    const reached = new Set(['index.html']);
    const listed = linksOf('index.html').map(({ target }) => target);
    for (const target of [...listed, ...linksOf('decisions/index.html').map((each) => each.target)])
      reached.add(target);
    expect([...textOf.keys()].filter((file) => !reached.has(file))).toEqual([]);
  });

  it('has scripts and styles in files of its own only, as its headers ask for', () => {
    for (const [file, html] of textOf) {
      expect([file, /<script(?![^>]*\ssrc=)|<style|<[^>]*\s(?:style|on\w+)=/.test(html)]).toEqual([
        file,
        false,
      ]);
      const loaded = [...html.matchAll(/<(?:script|link|img)[^>]*>/g)].flatMap(([tag]) =>
        attributesOf(tag, 'src|href'),
      );
      expect(loaded.filter((source) => /^([a-z]+:)?\/\//.test(source))).toEqual([]);
    }
  });

  it('knows in its search every section by an address that is there', () => {
    const json = readFileSync(join(outDir, 'assets/search.json'), 'utf8');
    const sections: Section[] = JSON.parse(json);
    expect(sections.length).toBeGreaterThan(200);
    const urls = sections.map(({ url }) => url);
    expect(new Set(urls).size).toBe(urls.length);
    const dead = urls.filter((url) => {
      const [file = '', anchor] = url.split('#');
      const html = textOf.get(file) ?? '';
      return anchor === undefined ? html === '' : !attributesOf(html, 'id').includes(anchor);
    });
    expect(dead).toEqual([]);
    const found = sections.find(({ url }) => url === 'glossary.html#chat');
    expect(found?.text ?? '').not.toMatch(/[<|]/);
  });
});
