const writeBytes = 1024;
const readBytes = 4096;

/** The units of writing so many bytes. A write of nothing takes one too. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / writeBytes));

/** The units of reading so many bytes, or of finding nothing. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / readBytes)) / (isConsistent ? 1 : 2);

/** What an operation has taken from a table and from its indexes. */
export interface Units {
  table: number;
  indexes: Record<string, number>;
}

export const noUnits = (): Units => ({ table: 0, indexes: {} });

export function addUnits(sum: Units, more: Units, times = 1): void {
  sum.table += more.table * times;
  for (const [name, units] of Object.entries(more.indexes)) {
    sum.indexes[name] = (sum.indexes[name] ?? 0) + units * times;
  }
}

export const totalOf = ({ table, indexes }: Units): number =>
  Object.values(indexes).reduce((sum, units) => sum + units, table);
