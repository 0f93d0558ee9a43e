import { type AttributeType, type AttributeValue, setOf, typeOf } from './attribute-value.ts';
import { compareNumbers } from './numbers.ts';

/** How the values of a type are ordered; only those of S, N and B are. */
export function comparatorOf(type: AttributeType): (a: string, b: string) => number {
  if (type === 'N') return compareNumbers;
  return type === 'B' ? compareBinary : compareUtf8;
}

/** The text of a value that can be ordered. */
export const scalarOf = (value: AttributeValue): string | undefined =>
  value.S ?? value.N ?? value.B;

/** As the bytes of UTF-8 are ordered: characters beyond 16 bits come last, which their halves do not. */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return ranked(left) - ranked(right);
  }
  return a.length - b.length;
}

const ranked = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

export const compareBinary = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a, 'base64'), Buffer.from(b, 'base64'));

export function equalValues(a: AttributeValue, b: AttributeValue): boolean {
  if (a === b) return true;
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if (type === 'M') return equalAttributes(a.M ?? {}, b.M ?? {});
  if (type === 'L') return equalLists(a.L ?? [], b.L ?? []);
  if (type === 'BOOL') return a.BOOL === b.BOOL;
  if (type === 'NULL') return true;
  const [left, right] = [scalarOf(a), scalarOf(b)];
  if (left !== undefined) return left === right;
  const [ones, others] = [setOf(a), setOf(b)];
  return ones.length === others.length && ones.every((one, i) => one === others[i]);
}

export function equalAttributes(
  a: Readonly<Record<string, AttributeValue>>,
  b: Readonly<Record<string, AttributeValue>>,
): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const [left, right] = [a[name], b[name]];
    return left !== undefined && right !== undefined && equalValues(left, right);
  });
}

const equalLists = (a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean =>
  a.length === b.length &&
  a.every((one, i) => {
    const other = b[i];
    return other !== undefined && equalValues(one, other);
  });
