import { type Attributes, type AttributeValue, typeOf } from './attribute-value.ts';
import { numberSize } from './numbers.ts';

/** Items are never changed, and their sizes are asked for more often than they are written. */
const knownSizes = new WeakMap<Attributes, number>();

/** The bytes that DynamoDB counts for an item: names and values, by its published rules. */
export function itemSize(item: Attributes): number {
  const known = knownSizes.get(item);
  if (known !== undefined) return known;
  const size = sizeOfMap(item);
  knownSizes.set(item, size);
  return size;
}

function sizeOfMap(item: Attributes): number {
  let size = 0;
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) size += utf8Size(name) + valueSize(value);
  }
  return size;
}

export function valueSize(value: AttributeValue): number {
  switch (typeOf(value)) {
    case 'S':
      return utf8Size(value.S ?? '');
    case 'N':
      return numberSize(value.N ?? '');
    case 'B':
      return binarySize(value.B ?? '');
    case 'SS':
      return sumOf(value.SS, utf8Size);
    case 'NS':
      return sumOf(value.NS, numberSize);
    case 'BS':
      return sumOf(value.BS, binarySize);
    // Three bytes for a document, and one for each of its elements.
    case 'L':
      return 3 + sumOf(value.L, (element) => 1 + valueSize(element));
    case 'M':
      return 3 + sizeOfMap(value.M ?? {}) + Object.keys(value.M ?? {}).length;
    default:
      return 1;
  }
}

export const utf8Size = (text: string): number => Buffer.byteLength(text);

export const binarySize = (base64: string): number => Buffer.byteLength(base64, 'base64');

const sumOf = <T>(values: readonly T[] | undefined, sizeOf: (value: T) => number): number =>
  (values ?? []).reduce((sum, value) => sum + sizeOf(value), 0);
