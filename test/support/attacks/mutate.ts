import { edgeIds, numbers, texts, trickyKeys, wrongValues } from './odd-values.ts';
import type { RandomSource } from './random-source.ts';

/** A key that only text can have: an object literal would take it for the prototype. */
const protoMark = '@@proto';

type Container = Record<string, unknown> | unknown[];

/** Changes one place of a JSON value, wherever it is. */
export function mutate(random: RandomSource, value: object): void {
  const containers: Container[] = [];
  const visit = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return;
    containers.push(each as Container);
    for (const inner of Object.values(each)) visit(inner);
  };
  visit(value);
  const target = random.pick(containers) as Record<string, unknown>;
  const keys = Object.keys(target);
  const key = random.pick([...keys, '']);
  if (key === '' || random.chance(0.2)) addTo(random, target);
  else if (random.chance(0.25)) delete target[key];
  else target[key] = replacementFor(random, target[key]);
}

function addTo(random: RandomSource, target: Record<string, unknown>): void {
  const key = random.pick(trickyKeys);
  target[key === '__proto__' ? protoMark : key] = wrongValue(random);
}

function replacementFor(random: RandomSource, value: unknown): unknown {
  switch (random.below(6)) {
    case 0:
      return [value];
    case 1:
      return { value };
    case 2:
      return random.pick(numbers);
    case 3:
      return random.pick(texts);
    case 4:
      return random.pick(edgeIds);
    default:
      return wrongValue(random);
  }
}

/** A copy: it may be changed in its turn. */
const wrongValue = (random: RandomSource): unknown => structuredClone(random.pick(wrongValues));

/** JSON has no word for these: they stand in the text for a number. */
const unwritable = ['NaN', 'Infinity', '-Infinity', '1e999', '-0', '01', '0x1', '1n', 'undefined'];
const deep = 10_000;

/** The text of a value, now and then with what only text can say. */
export function toText(random: RandomSource, value: object, oddness: number): string {
  const text = JSON.stringify(value).replaceAll(protoMark, '__proto__');
  if (!random.chance(oddness)) return text;
  switch (random.below(7)) {
    case 0:
      return text.slice(0, random.below(text.length));
    case 1:
      return text.replace(/:\d+/, `:${random.pick(unwritable)}`);
    case 2:
      return text.replace(/^\{/, '{"__proto__":{"role":"owner"},');
    case 3:
      return text.replace(/"\}$/, `","deep":${'['.repeat(deep)}${']'.repeat(deep)}}`);
    case 4:
      return `\ufeff${text}`;
    case 5:
      return text.replace(/^\{(.+)\}$/, '{$1,$1}');
    default:
      return text.replace(/"([^"]+)"\}$/, '"\\ud800\\u0000$1"}');
  }
}
