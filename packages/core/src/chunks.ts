/** The items in order, so many to an array; the last one may have fewer. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const all: T[][] = [];
  for (let i = 0; i < items.length; i += size) all.push(items.slice(i, i + size));
  return all;
}
