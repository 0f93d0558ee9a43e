export interface PackLimits {
  items: number;
  bytes: number;
}

/** The items in as few lists as they fit, in order. One that is too big alone has a list of its own. */
export function packed<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  most: PackLimits,
): T[][] {
  const lists: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const last = lists.at(-1);
    if (last && last.length < most.items && bytes + size <= most.bytes) {
      last.push(item);
      bytes += size;
    } else {
      lists.push([item]);
      bytes = size;
    }
  }
  return lists;
}
