import { DynamoDbError, invalid } from '../errors.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import { changedPaths } from '../expressions/check-update.ts';
import { meets } from '../expressions/evaluate-condition.ts';
import { topLevelName } from '../expressions/paths.ts';
import { type Placeholders, RequestExpressions } from '../expressions/request-expressions.ts';
import type { Bindings, Condition, Update } from '../expressions/syntax.ts';
import { checkKey, checkKeyOf, keyAttributes, keyOf } from '../tables/schema.ts';
import type { Entry } from '../tables/sorted-items.ts';
import type { Table } from '../tables/table.ts';
import { type Units, writeUnits } from '../tables/units.ts';
import { type Attributes, copyOf } from '../values/attribute-value.ts';
import { normalizeItem } from '../values/normalize.ts';
import { itemSize } from '../values/size.ts';
import { type Database, tableOf } from './database.ts';

export interface WriteRequest extends Placeholders {
  TableName?: string;
  Item?: unknown;
  Key?: unknown;
  ConditionExpression?: string;
  UpdateExpression?: string;
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
}

/** A write that could be made: all that can be said of it without the item has been checked. */
export interface PreparedWrite {
  readonly table: Table;
  readonly key: Attributes;
  readonly update?: Update | undefined;
  readonly bindings: Bindings;
  readonly condition: Condition | undefined;
  readonly returnsItemOnFailure: boolean;
  /** The item after the write; undefined when it is gone. Throws if it cannot be made. */
  next(old: Attributes | undefined): Attributes | undefined;
}

const noItem: Attributes = Object.freeze(copyOf(undefined));

function prepare(
  database: Database,
  request: WriteRequest,
  expressions = new RequestExpressions(request),
) {
  const condition = expressions.condition('ConditionExpression', request.ConditionExpression);
  return {
    table: tableOf(database, request.TableName),
    ...{ condition, bindings: expressions.bindings() },
    returnsItemOnFailure: request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
  };
}

export function preparePut(database: Database, request: WriteRequest): PreparedWrite {
  const item = normalizeItem(request.Item);
  const prepared = prepare(database, request);
  const { table } = prepared;
  checkKeyOf(item, table.key);
  table.check(item, itemSize(item), 'Item size has exceeded the maximum allowed size');
  return { ...prepared, key: keyOf(item, table.key), next: () => item };
}

export function prepareDelete(database: Database, request: WriteRequest): PreparedWrite {
  const key = normalizeItem(request.Key);
  const prepared = prepare(database, request);
  return { ...prepared, key: checkKey(key, prepared.table.key), next: () => undefined };
}

/** A condition on an item that is left as it is. */
export function prepareCheck(database: Database, request: WriteRequest): PreparedWrite {
  if (request.ConditionExpression === undefined) {
    throw invalid('The expression can not be empty in a ConditionCheck');
  }
  return { ...prepareDelete(database, request), next: (old) => old };
}

export function prepareUpdate(database: Database, request: WriteRequest): PreparedWrite {
  const key = normalizeItem(request.Key);
  const expressions = new RequestExpressions(request);
  const update = expressions.update(request.UpdateExpression);
  const prepared = prepare(database, request, expressions);
  const { table, bindings } = prepared;
  checkKey(key, table.key);
  if (update) refuseKeyChanges(update, table, bindings);
  return {
    ...{ ...prepared, key, update },
    next(old) {
      const item = old ?? key;
      const changed = update ? applyUpdate(item, update, bindings) : item;
      const message = 'Item size to update has exceeded the maximum allowed size';
      table.check(changed, itemSize(changed), message);
      return changed;
    },
  };
}

function refuseKeyChanges(update: Update, table: Table, { names }: Bindings): void {
  const keys = new Set(keyAttributes(table.key).map(({ name }) => name));
  for (const path of changedPaths(update)) {
    const name = topLevelName(path, names);
    if (!keys.has(name)) continue;
    throw invalid(
      `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
    );
  }
}

/** Whether the item as it stands lets the write be made. */
export const isAllowed = (
  { condition, bindings }: PreparedWrite,
  old: Entry | undefined,
): boolean => condition === undefined || meets(old?.item ?? noItem, condition, bindings);

export interface Written {
  old: Attributes | undefined;
  next: Attributes | undefined;
  units: Units;
}

/** Makes the write. Throws if its condition does not hold, which takes units as well. */
export function write(prepared: PreparedWrite): Written {
  const { table, key, returnsItemOnFailure } = prepared;
  const old = table.find(key);
  if (!isAllowed(prepared, old)) {
    table.charge('write', { table: writeUnits(old?.size ?? 0), indexes: {} });
    throw new DynamoDbError(
      'ConditionalCheckFailedException',
      'The conditional request failed',
      returnsItemOnFailure && old ? { Item: old.item } : {},
    );
  }
  const next = prepared.next(old?.item);
  const units = table.write(old, next);
  table.charge('write', units);
  return { old: old?.item, next, units };
}
