import type { Table } from '../tables/table.ts';
import type { Database } from './database.ts';

/** What has been expired for longer is left alone: DynamoDB takes it for a mistake. */
const maxAgeSeconds = 5 * 365 * 24 * 3600;

/**
 * Deletes what has expired, as DynamoDB does on its own: within a few days, at no cost, and its
 * stream records say that the service did it. Answers how many items that were.
 */
export function expireItems({ tables, nowMs }: Database): number {
  const nowSeconds = nowMs() / 1000;
  let count = 0;
  for (const table of tables.values()) count += expireIn(table, nowSeconds);
  return count;
}

function expireIn(table: Table, nowSeconds: number): number {
  const { timeToLive, items } = table;
  if (timeToLive === undefined) return 0;
  const expired = items
    .scanOrder()
    .flatMap((partition) => items.partition(partition))
    .filter(({ item }) => {
      const expiresAt = Number(item[timeToLive]?.N ?? Number.NaN);
      return expiresAt < nowSeconds && expiresAt > nowSeconds - maxAgeSeconds;
    });
  for (const entry of expired) table.write(entry, undefined, { byTimeToLive: true });
  return expired.length;
}
