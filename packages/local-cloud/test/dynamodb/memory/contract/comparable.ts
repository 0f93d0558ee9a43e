import type { Call } from './random-calls.ts';
import type { Wire } from './random-values.ts';

/** What a database has answered, as far as both have to answer the same. */
export function comparable({ operation, input }: Call, answered: Wire): unknown {
  if (answered.__type !== undefined) return comparableError(operation, answered);
  const { ConsumedCapacity, ...rest } = sorted(answered) as Wire;
  const isIndex = input.IndexName !== undefined;
  return {
    ...(isIndex ? { ...rest, Items: asSet(rest.Items) } : rest),
    ...withBatches(rest),
    ...(reportsUnits(operation, rest) && { ConsumedCapacity }),
  };
}

/** Items of a batch come in any order. */
const withBatches = ({ Responses }: Wire): Wire =>
  Responses && !Array.isArray(Responses)
    ? { Responses: Object.entries(Responses).map(([name, items]) => [name, asSet(items)]) }
    : {};

/** DynamoDB Local reports none for a query that finds nothing, and others than AWS for transactions. */
const reportsUnits = (operation: string, { ScannedCount }: Wire): boolean =>
  /^(Get|Put|Update|Delete)Item$/.test(operation) || Number(ScannedCount) > 0;

/**
 * The name of the error and the item that comes with it. On AWS a transaction that an item does not
 * allow is canceled; in DynamoDB Local it is invalid.
 */
function comparableError(operation: string, { __type, Item, CancellationReasons }: Wire): unknown {
  const error = String(__type).replace(/^.*#/, '');
  const codes = ((CancellationReasons ?? []) as { Code: string; Item?: unknown }[]).map(
    ({ Code, Item: item }) => [Code, sorted(item)],
  );
  if (operation === 'TransactGetItems') return { error: 'refused' };
  if (operation !== 'TransactWriteItems') return { error, Item: sorted(Item) };
  const isInvalid =
    error === 'ValidationException' || codes.some(([code]) => code === 'ValidationError');
  return isInvalid ? { error: 'refused' } : { error, codes };
}

/** Members in the order of their names, sets in that of their elements, numbers without final zeros. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sortedMember(name, member)]),
  );
}

function sortedMember(name: string, member: unknown): unknown {
  if (/^[SNB]S$/.test(name) && Array.isArray(member)) return member.toSorted();
  // DynamoDB Local adds 1.5 and 2.5 to 4.0.
  if (name === 'N' && typeof member === 'string')
    return member.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return sorted(member);
}

const asSet = (items: unknown): unknown =>
  Array.isArray(items) ? items.map((item) => JSON.stringify(item)).sort() : items;
