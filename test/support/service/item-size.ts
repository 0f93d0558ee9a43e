/** What DynamoDB counts as the size of an item in bytes: names and values, by its published rules. */
export const itemSize = (item: Record<string, unknown>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + utf8(name) + valueSize(value), 0);

/** What DynamoDB bills for keeping it: it adds 100 bytes of its own to each item. */
export const storedSize = (item: Record<string, unknown>): number => itemSize(item) + 100;

const utf8 = (text: string): number => Buffer.byteLength(text);

function valueSize(value: unknown): number {
  if (typeof value === 'string') return utf8(value);
  // A number takes a byte for each two significant digits and one more.
  if (typeof value === 'number') return Math.ceil(significantDigits(value) / 2) + 1;
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Set) return [...value].reduce((sum, each) => sum + valueSize(each), 0);
  if (typeof value === 'object' && value !== null) return 3 + itemSize({ ...value });
  return 1;
}

const significantDigits = (value: number): number => `${value}`.replace(/^0+|\.|0+$/g, '').length;
