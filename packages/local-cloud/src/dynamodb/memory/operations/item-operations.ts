import { invalid } from '../errors.ts';
import { changedPaths } from '../expressions/check-update.ts';
import { topLevelName, valueAt } from '../expressions/paths.ts';
import { project } from '../expressions/project.ts';
import { type Placeholders, RequestExpressions } from '../expressions/request-expressions.ts';
import { checkKey } from '../tables/schema.ts';
import { readUnits } from '../tables/units.ts';
import { type Attributes, noAttributes } from '../values/attribute-value.ts';
import { normalizeItem } from '../values/normalize.ts';
import { consumed, type ReturnConsumedCapacity } from './capacity.ts';
import { type Database, tableOf } from './database.ts';
import {
  type PreparedWrite,
  prepareDelete,
  preparePut,
  prepareUpdate,
  type WriteRequest,
  type Written,
  write,
} from './prepared-write.ts';

type ReturnValues = 'NONE' | 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW';

interface ItemWrite extends WriteRequest {
  ReturnValues?: ReturnValues;
  ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

interface ItemRead extends Placeholders {
  TableName?: string;
  Key?: unknown;
  ConsistentRead?: boolean;
  ProjectionExpression?: string;
  ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

export function getItem(database: Database, request: ItemRead) {
  const expressions = new RequestExpressions(request);
  const paths = expressions.projection(request.ProjectionExpression);
  const { names } = expressions.bindings();
  const table = tableOf(database, request.TableName);
  const entry = table.find(checkKey(normalizeItem(request.Key), table.key));
  const units = {
    table: readUnits(entry?.size ?? 0, request.ConsistentRead === true),
    indexes: {},
  };
  table.charge('read', units);
  return {
    ...(entry && { Item: paths ? project(entry.item, paths, names) : entry.item }),
    ...answeredUnits(request, table.name, units),
  };
}

export function putItem(database: Database, request: ItemWrite) {
  refuseReturnValues(request, ['NONE', 'ALL_OLD']);
  return answered(request, preparePut(database, request));
}

export function deleteItem(database: Database, request: ItemWrite) {
  refuseReturnValues(request, ['NONE', 'ALL_OLD']);
  return answered(request, prepareDelete(database, request));
}

export function updateItem(database: Database, request: ItemWrite) {
  refuseReturnValues(request, ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']);
  return answered(request, prepareUpdate(database, request));
}

function answered(request: ItemWrite, prepared: PreparedWrite) {
  const written = write(prepared);
  const Attributes = returnedAttributes(request.ReturnValues ?? 'NONE', prepared, written);
  return {
    ...(Attributes && { Attributes }),
    ...answeredUnits(request, prepared.table.name, written.units),
  };
}

function answeredUnits(...parts: Parameters<typeof consumed>) {
  const ConsumedCapacity = consumed(...parts);
  return ConsumedCapacity && { ConsumedCapacity };
}

function returnedAttributes(
  asked: ReturnValues,
  prepared: PreparedWrite,
  { old, next }: Written,
): Attributes | undefined {
  if (asked === 'NONE') return undefined;
  const item = asked.endsWith('OLD') ? old : next;
  return asked.startsWith('ALL') ? item : item && updatedAttributes(item, prepared);
}

/** The attributes in which something was changed, as far as what the update names is there. */
function updatedAttributes(
  item: Attributes,
  { update, bindings: { names } }: PreparedWrite,
): Attributes | undefined {
  const updated = noAttributes();
  for (const path of update ? changedPaths(update) : []) {
    const name = topLevelName(path, names);
    const value = item[name];
    if (value !== undefined && valueAt(item, path, names) !== undefined) updated[name] = value;
  }
  return Object.keys(updated).length > 0 ? updated : undefined;
}

function refuseReturnValues(
  { ReturnValues = 'NONE' }: ItemWrite,
  allowed: readonly ReturnValues[],
): void {
  if (!allowed.includes(ReturnValues)) throw invalid('Return values set to invalid value');
}
