import { shownName } from '../members/member-search.ts';
import type { MemberStatistics } from './statistics.ts';

export const columns = [
  'name',
  'messages',
  'readRate',
  'averageReadDelayMs',
  'lastReadAt',
] as const;
export type Column = (typeof columns)[number];

export interface Order {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** Names are read upwards from A, figures from the largest. */
export const nextOrder = (order: Order, column: Column): Order =>
  order.column === column
    ? { column, isDescending: !order.isDescending }
    : { column, isDescending: column !== 'name' };

/** By a column, then by name. What has no value stands last in both directions. */
export function sortMembers(
  members: readonly MemberStatistics[],
  { column, isDescending }: Order,
  locale: string,
): MemberStatistics[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const byName = (one: MemberStatistics, other: MemberStatistics) =>
    compare(shownName(one), shownName(other)) || compare(one.userId, other.userId);
  const sign = isDescending ? -1 : 1;
  if (column === 'name') return [...members].sort((one, other) => sign * byName(one, other));
  const valueIn = (member: MemberStatistics) => figureOf(member, column);
  return [...members].sort((one, other) => {
    const [a, b] = [valueIn(one), valueIn(other)];
    if (a === undefined || b === undefined || a === b) {
      return Number(a === undefined) - Number(b === undefined) || byName(one, other);
    }
    return sign * (a - b);
  });
}

/** Undefined where there was nothing to read, or nothing was read. */
export function figureOf(
  member: MemberStatistics,
  column: Exclude<Column, 'name'>,
): number | undefined {
  if (column === 'readRate') return member.messages > 0 ? member.readRate : undefined;
  return member[column] ?? undefined;
}
