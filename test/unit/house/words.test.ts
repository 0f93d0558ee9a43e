import { expect, it } from 'vitest';
import { codeFiles } from './code-files.ts';

/** Words that this code once had for what the glossary calls otherwise, and its limits' old names. */
const retired = [
  ...['courier', 'parcel', 'parcels', 'deliverer', 'buried', 'concealed', 'concealment'],
  ...[
    'discontinuity',
    'turnstile',
    'crowd',
    'crowds',
    'storm',
    'naive',
    'tally',
    'habits',
    'lane',
    'lanes',
  ],
];
const retiredLimits = /^(most|least|longest|shortest)[A-Z]\w*/;

/** Where a word stays: the name of an attribute of stored rows, and an example below. */
const stays: Record<string, readonly string[]> = {
  'functions/store/items/member-item.ts': ['concealed'],
  'test/unit/house/words.test.ts': ['aCrowd'],
};

const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _]/);

/** The names in a file: what is left of it without texts and comments. */
function namesIn(text: string): Set<string> {
  const code = text
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, '')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, '');
  return new Set(code.match(/[A-Za-z_]\w*/g));
}

const offends = (name: string): boolean =>
  retiredLimits.test(name) || wordsOf(name).some((word) => retired.includes(word));

const files = codeFiles().filter(({ path }) => !path.endsWith('.css'));

it('names have the words of the glossary, and limits are called max and min', () => {
  const found = files.flatMap(({ path, text }) =>
    [...namesIn(text)]
      .filter((name) => offends(name) && !stays[path]?.includes(name))
      .map((name) => `${path}: ${name}`),
  );
  expect(found).toEqual([]);
});

it('files and folders, too', () => {
  const wordsOfPath = (path: string) => path.split(/[/.-]/);
  const found = files.filter(({ path }) =>
    wordsOfPath(path).some((word) => retired.includes(word)),
  );
  expect(found.map(({ path }) => path)).toEqual([]);
});

it('sees a retired word in a name', () => {
  expect(['mostAttempts', 'newParcel', 'CROWD_SIZE'].every(offends)).toBe(true);
  expect(['almostDone', 'mostly', 'stormy'].some(offends)).toBe(false);
  expect(namesIn("const aCrowd = 'storm'; // naive")).toEqual(new Set(['const', 'aCrowd']));
});
