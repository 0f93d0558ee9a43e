import { describe, expect, it } from 'vitest';
import { readPage } from './markdown.ts';

/** Types that the language, the browser and React bring. */
const known = new Set([
  ...[
    'Array',
    'CSSProperties',
    'Date',
    'Element',
    'Error',
    'ErrorOptions',
    'HTMLElement',
    'Iterable',
  ],
  ...['Map', 'Node', 'Omit', 'Partial', 'Pick', 'Promise', 'ReactElement', 'ReactNode', 'Readonly'],
  ...['ReadonlyMap', 'ReadonlySet', 'Record', 'RefCallback', 'RequestInit', 'Response', 'Set'],
  ...['Storage', 'URL', 'Uint8Array'],
]);

interface Part {
  name: string;
  text: string;
}

/** What stands below each heading of this depth, up to the next one of it or above. */
function partsOf(page: string, depth: number): Part[] {
  const marks = '#'.repeat(depth);
  const pattern = new RegExp(`^${marks} (.+)\\n([\\s\\S]*?)(?=^#{1,${depth}} |(?![\\s\\S]))`, 'gm');
  return [...page.matchAll(pattern)].map(([, name = '', text = '']) => ({ name, text }));
}

const codeIn = (text: string): string[] =>
  [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);

/** Declarations, not examples. */
const declarationsIn = (page: string): string =>
  codeIn(page.replaceAll(/^Example:\n\n```ts\n[\s\S]*?```$/gm, ''))
    .join('\n')
    .replaceAll(/\/\*\*[\s\S]*?\*\//g, '')
    .replaceAll(/'[^'\n]*'|`[^`\n]*`|"[^"\n]*"/g, '');

describe.each(['docs/api.md', 'docs/server-api.md'])('%s', (path) => {
  const page = readPage(path);
  const exported = partsOf(page, 3);
  const members = partsOf(page, 4);

  it('describes each type that it names', () => {
    const code = declarationsIn(page);
    const named = new Set(code.match(/\b[A-Z]\w*[a-z]\w*\b/g));
    const described = new Set(exported.map(({ name }) => name));
    const holes = [...named].filter((name) => !described.has(name) && !known.has(name));
    expect(named.size).toBeGreaterThan(20);
    // Names of type parameters have one letter, and are not looked at.
    expect(holes).toEqual([]);
  });

  it('has an example for each method, property, function and hook', () => {
    const callable = exported.filter(({ text }) => /^```ts\n(?:function|const) /m.test(text));
    const all = [...members, ...callable];
    expect(members.length).toBeGreaterThan(20);
    const without = all.filter(({ text }) => !/^Example:$/m.test(text) && codeIn(text).length < 2);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('says of each method what it does', () => {
    const silent = members.filter(({ text }) => text.trim().startsWith('```'));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
