import type { Random } from './random.ts';

export type Wire = Record<string, unknown>;

const texts = ['', 'a', 'ab', 'abc', 'b', 'ä', '\u{1f600}', '\uffee', 'Z'] as const;
/** In the one form that DynamoDB answers: DynamoDB Local leaves those inside of values as they are. */
const numbers = [
  ...(['0', '1', '2', '10', '-1', '-2.5', '3.14', '100', '0.001', '1000', '7', '1.5'] as const),
  ...(['9007199254740993', '9007199254740992', '0.00000000000000000001'] as const),
  ...(['-100000000000000000000', '12345678901234567890'] as const),
] as [string, ...string[]];
const binaries = ['AQID', 'AQ==', '/w==', 'AAE='] as const;
const broken: readonly [Wire, ...Wire[]] = [
  ...([{}, { S: 'a', N: '1' }, { N: 'abc' }, { N: '' }, { SS: [] }, { NULL: false }] as const),
  ...([{ SS: ['a', 'a'] }, { NS: ['1', '1.0'] }, { N: '1e126' }, { N: '1e-131' }] as const),
  { N: '123456789012345678901234567890123456789' },
];

/** A value of any type; seldom one that DynamoDB refuses. */
export function randomValue(random: Random, depth = 0): Wire {
  if (random.chance(0.01)) return random.pick(broken);
  const scalars = ['S', 'N', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS'] as const;
  const kind = depth < 2 && random.chance(0.3) ? random.pick(['M', 'L']) : random.pick(scalars);
  return { [kind]: randomContent(random, kind, depth) };
}

function randomContent(random: Random, kind: string, depth: number): unknown {
  switch (kind) {
    case 'S':
      return randomText(random);
    case 'N':
      return random.pick(numbers);
    case 'B':
      return random.pick(binaries);
    case 'BOOL':
      return random.chance(0.5);
    case 'NULL':
      return true;
    case 'M':
      return Object.fromEntries(
        random.times(0, 3, () => [random.pick(['a', 'b', 'c']), randomValue(random, depth + 1)]),
      );
    case 'L':
      return random.times(0, 3, () => randomValue(random, depth + 1));
    case 'SS':
      return distinct(random.times(1, 3, () => random.pick(texts)));
    case 'NS':
      return distinct(random.times(1, 3, () => random.pick(['1', '2', '3', '10', '-4.5'])));
    default:
      return distinct(random.times(1, 3, () => random.pick(binaries)));
  }
}

/** The type that an attribute has in most items. */
const usualTypes: Readonly<Record<string, string>> = {
  ...{ n: 'N', s: 'S', l: 'L', m: 'M', ss: 'SS', ns: 'NS', q: 'N', status: 'S' },
};

export function usualValue(random: Random, attribute: string): Wire {
  const type = usualTypes[attribute] ?? 'S';
  return { [type]: randomContent(random, type, 0) };
}

/** Now and then long: items of several units. */
export const randomText = (random: Random): string =>
  random.chance(0.05) ? 'x'.repeat(random.below(3000)) : random.pick(texts);

export const randomNumber = (random: Random): Wire => ({ N: random.pick(numbers) });

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
