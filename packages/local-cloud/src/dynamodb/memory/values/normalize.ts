import { invalid, invalidValue } from '../errors.ts';
import {
  type Attributes,
  type AttributeType,
  type AttributeValue,
  noAttributes,
} from './attribute-value.ts';
import { compareBinary, compareUtf8 } from './compare.ts';
import { compareNumbers, normalizeNumber } from './numbers.ts';

const maxDepth = 32;

/** A copy of what a request holds, in the one form of each value. Throws what DynamoDB would answer. */
export function normalizeItem(raw: unknown): Attributes {
  return normalizeMap(raw, 0);
}

function normalizeMap(raw: unknown, depth: number): Attributes {
  if (!isObject(raw)) throw invalid('The parameter cannot be converted to a map');
  const item = noAttributes();
  for (const name of Object.keys(raw)) {
    if (name === '' && depth === 0) throw invalid('Empty attribute name');
    item[name] = normalizeValue(raw[name], depth + 1);
  }
  return item;
}

export function normalizeValue(raw: unknown, depth = 1): AttributeValue {
  if (depth > maxDepth + 1) throw invalid('Nesting Levels have exceeded supported limits');
  const value = isObject(raw) ? raw : {};
  let type: AttributeType | undefined;
  for (const name in value) {
    if (!isType(name) || value[name] == null) continue;
    if (type === undefined) type = name;
    else {
      throw invalid(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    }
  }
  if (type === undefined) {
    throw invalid(
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    );
  }
  return { [type]: normalizers[type](value[type], depth) };
}

const isType = (name: string): name is AttributeType => Object.hasOwn(normalizers, name);

const normalizers: Record<AttributeType, (raw: unknown, depth: number) => unknown> = {
  S: textOf,
  N: (raw) => normalizeNumber(textOf(raw)),
  B: (raw) => Buffer.from(textOf(raw), 'base64').toString('base64'),
  BOOL: (raw) => raw === true,
  NULL(raw) {
    if (raw === true) return true;
    throw invalidValue('Null attribute value types must have the value of true');
  },
  M: normalizeMap,
  L: (raw, depth) => listOf(raw).map((element) => normalizeValue(element, depth + 1)),
  SS: (raw) => normalizeSet(listOf(raw).map(textOf), compareUtf8, 'string'),
  NS: (raw) =>
    normalizeSet(
      listOf(raw).map((each) => normalizeNumber(textOf(each))),
      compareNumbers,
      'number',
    ),
  BS: (raw) =>
    normalizeSet(
      listOf(raw).map((each) => Buffer.from(textOf(each), 'base64').toString('base64')),
      compareBinary,
      'binary',
    ),
};

function normalizeSet(
  values: readonly string[],
  compare: (a: string, b: string) => number,
  kind: string,
): string[] {
  if (values.length === 0) throw invalidValue(`An ${kind} set  may not be empty`);
  if (new Set(values).size < values.length) {
    throw invalidValue(`Input collection [${values.join(', ')}] contains duplicates`);
  }
  return values.toSorted(compare);
}

function textOf(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  throw new TypeError('a text is expected');
}

function listOf(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw;
  throw new TypeError('a list is expected');
}

const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);
