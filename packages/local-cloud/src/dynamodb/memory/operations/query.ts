import { invalid } from '../errors.ts';
import { topLevelName } from '../expressions/paths.ts';
import type { Condition, Operand } from '../expressions/syntax.ts';
import { keyAttributes, partitionOf, placeOf, sortOf } from '../tables/schema.ts';
import type { Entry, SortedItems } from '../tables/sorted-items.ts';
import type { Attributes } from '../values/attribute-value.ts';
import type { Database } from './database.ts';
import {
  boundsOf,
  isInRange,
  type KeyCondition,
  readKeyCondition,
  type SortCondition,
} from './key-condition.ts';
import { Page, type PageRequest } from './page.ts';

interface QueryRequest extends PageRequest {
  KeyConditionExpression?: string;
  ScanIndexForward?: boolean;
}

export function query(database: Database, request: QueryRequest) {
  if (request.KeyConditionExpression === undefined) {
    throw invalid(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const page = new Page(database, request);
  const { source, expressions } = page;
  const tree = expressions.condition('KeyConditionExpression', request.KeyConditionExpression);
  const bindings = expressions.bindings();
  if (tree === undefined) return page.read([]);
  const condition = readKeyCondition(tree, source.schema, bindings);
  refuseKeysInFilter(page, request, bindings.names);
  if (page.start) checkStart(page.start, condition, source);
  const entries = source.partition(condition.partition);
  const range = rangeOf(entries, condition.sort, source);
  const isForward = request.ScanIndexForward !== false;
  if (page.start) cutAt(range, page, entries, isForward);
  return page.read(walk(entries, range, isForward, inRange(condition.sort, source)));
}

interface Range {
  from: number;
  to: number;
}

/** The entries that the range can hold; of those with a common start only where they begin is known. */
function rangeOf(
  entries: readonly Entry[],
  condition: SortCondition | undefined,
  source: SortedItems,
): Range {
  const { low, high } = condition ? boundsOf(condition) : {};
  const isBehind = (sort: string, bound: string, orAt: boolean) => {
    const order = source.compareSort(sort, bound);
    return order > 0 || (order === 0 && orAt);
  };
  return {
    from: low ? source.first(entries, ({ sort }) => isBehind(sort, low.value, low.inclusive)) : 0,
    to: high
      ? source.first(entries, ({ sort }) => isBehind(sort, high.value, !high.inclusive))
      : endOf(entries, condition, source),
  };
}

function endOf(
  entries: readonly Entry[],
  condition: SortCondition | undefined,
  source: SortedItems,
): number {
  if (condition?.operator !== 'beginsWith') return entries.length;
  const isIn = inRange(condition, source);
  const low = boundsOf(condition).low?.value ?? '';
  return source.first(entries, (entry) => source.compareSort(entry.sort, low) > 0 && !isIn(entry));
}

function inRange(condition: SortCondition | undefined, source: SortedItems) {
  const type = source.schema.sort?.type ?? 'S';
  const compare = (a: string, b: string) => source.compareSort(a, b);
  return ({ sort }: Entry) => !condition || isInRange(sort, type, condition, compare);
}

function cutAt(range: Range, page: Page, entries: readonly Entry[], isForward: boolean): void {
  const { start, source, table } = page;
  if (start === undefined) return;
  const position = { sort: sortOf(start, source.schema), place: placeOf(start, table.key) };
  if (isForward) range.from = Math.max(range.from, source.firstAfter(entries, position));
  else range.to = Math.min(range.to, source.firstFrom(entries, position));
}

function* walk(
  entries: readonly Entry[],
  { from, to }: Range,
  isForward: boolean,
  isIn: (entry: Entry) => boolean,
): Generator<Entry> {
  for (let step = 0; step < to - from; step++) {
    const entry = entries[isForward ? from + step : to - 1 - step];
    if (entry && isIn(entry)) yield entry;
  }
}

function checkStart(start: Attributes, { partition, sort }: KeyCondition, source: SortedItems) {
  const entry = { sort: sortOf(start, source.schema) } as Entry;
  if (partitionOf(start, source.schema) !== partition) {
    throw invalid(
      'The provided starting key is outside query boundaries based on provided conditions',
    );
  }
  if (!inRange(sort, source)(entry)) {
    throw invalid('The provided starting key does not match the range key predicate');
  }
}

/** A filter is for what is not in the key: that belongs into the condition on it. */
function refuseKeysInFilter(
  { source, expressions }: Page,
  { FilterExpression }: QueryRequest,
  names: Readonly<Record<string, string>>,
): void {
  const filter = expressions.condition('FilterExpression', FilterExpression);
  if (!filter) return;
  const keys = new Set(keyAttributes(source.schema).map(({ name }) => name));
  for (const operand of operandsOf(filter)) {
    const path = operand.type === 'size' ? operand.of : operand;
    if (path.type !== 'path' || !keys.has(topLevelName(path.path, names))) continue;
    throw invalid(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${topLevelName(path.path, names)}`,
    );
  }
}

function operandsOf(condition: Condition): readonly Operand[] {
  switch (condition.type) {
    case 'and':
    case 'or':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
    case 'not':
      return operandsOf(condition.inner);
    case 'compare':
      return [condition.left, condition.right];
    case 'between':
      return [condition.operand, condition.low, condition.high];
    case 'in':
      return [condition.operand, ...condition.options];
    case 'test':
      return condition.operands;
  }
}
