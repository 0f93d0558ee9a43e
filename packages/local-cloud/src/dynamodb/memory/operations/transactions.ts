import { DynamoDbError, invalid } from '../errors.ts';
import { project } from '../expressions/project.ts';
import { type Placeholders, RequestExpressions } from '../expressions/request-expressions.ts';
import { checkKey, placeOf } from '../tables/schema.ts';
import type { Entry } from '../tables/sorted-items.ts';
import { readUnits, writeUnits } from '../tables/units.ts';
import type { Attributes } from '../values/attribute-value.ts';
import { normalizeItem } from '../values/normalize.ts';
import { itemSize } from '../values/size.ts';
import { type ReturnConsumedCapacity, UnitsByTable } from './capacity.ts';
import { type Database, tableOf } from './database.ts';
import {
  isAllowed,
  type PreparedWrite,
  prepareCheck,
  prepareDelete,
  preparePut,
  prepareUpdate,
  type WriteRequest,
} from './prepared-write.ts';

const preparations = {
  ConditionCheck: prepareCheck,
  Put: preparePut,
  Update: prepareUpdate,
  Delete: prepareDelete,
};

type TransactWrite = { [Kind in keyof typeof preparations]?: WriteRequest };

interface TransactWriteRequest {
  TransactItems?: TransactWrite[];
  ClientRequestToken?: string;
  ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

interface TransactGetRequest {
  TransactItems?: {
    Get?: Placeholders & { TableName?: string; Key?: unknown; ProjectionExpression?: string };
  }[];
  ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

interface Reason {
  Code: string;
  Message?: string;
  Item?: Attributes;
}

const maxItems = 100;
const maxBytes = 4 * 1024 * 1024;
/** Each item is read or written twice: to prepare, and to commit. */
const timesCharged = 2;

export function transactWriteItems(database: Database, request: TransactWriteRequest) {
  const { TransactItems: items = [], ClientRequestToken: token } = request;
  checkCount(items);
  const writes = items.map((item) => prepareItem(database, item));
  refuseSameItem(writes);
  const sameRequest = JSON.stringify(items);
  if (token !== undefined && database.completed.find(token, sameRequest)) {
    return repeatedAnswer(request, writes);
  }
  const answer = commit(request, writes);
  if (token !== undefined) database.completed.add(token, sameRequest, true);
  return answer;
}

function prepareItem(database: Database, item: TransactWrite): PreparedWrite {
  const kinds = (Object.keys(preparations) as (keyof typeof preparations)[]).filter(
    (kind) => item[kind] !== undefined,
  );
  const [kind, ...others] = kinds;
  if (kind === undefined) {
    throw invalid(
      'Invalid Request: TransactWriteRequest should contain Delete or Put or Update request',
    );
  }
  if (others.length > 0) {
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  return preparations[kind](database, item[kind] ?? {});
}

/** All writes, or none and the reasons for it. */
function commit(request: TransactWriteRequest, writes: readonly PreparedWrite[]) {
  const planned = writes.map((prepared) => ({ prepared, ...plan(prepared) }));
  const bytes = planned.reduce((sum, { next }) => sum + (next ? itemSize(next) : 0), 0);
  if (bytes > maxBytes) throw invalid('The items of a transaction may have 4 MB together');
  const reasons = planned.map(({ reason }) => reason);
  const units = new UnitsByTable();
  const isCanceled = reasons.some(({ Code }) => Code !== 'None');
  for (const { prepared, old, next } of planned) {
    const { table } = prepared;
    const isChange = !isCanceled && next !== old?.item;
    const taken = isChange
      ? table.write(old, next)
      : { table: writeUnits(old?.size ?? 0), indexes: {} };
    for (let times = 0; times < timesCharged; times++) table.charge('write', taken);
    units.add(table.name, taken, timesCharged);
  }
  if (isCanceled) throw canceled(reasons);
  return units.consumed(request, 'WriteCapacityUnits');
}

function plan(prepared: PreparedWrite): {
  old: Entry | undefined;
  next?: Attributes | undefined;
  reason: Reason;
} {
  const old = prepared.table.find(prepared.key);
  if (!isAllowed(prepared, old)) {
    const Message = 'The conditional request failed';
    const Item = prepared.returnsItemOnFailure ? old?.item : undefined;
    return { old, reason: { Code: 'ConditionalCheckFailed', Message, ...(Item && { Item }) } };
  }
  try {
    return { old, next: prepared.next(old?.item), reason: { Code: 'None' } };
  } catch (error) {
    if (!(error instanceof DynamoDbError)) throw error;
    return { old, reason: { Code: 'ValidationError', Message: error.message } };
  }
}

const canceled = (reasons: readonly Reason[]): DynamoDbError =>
  new DynamoDbError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );

/** A transaction that was made already takes what reading its items takes. */
function repeatedAnswer(request: TransactWriteRequest, writes: readonly PreparedWrite[]) {
  const units = new UnitsByTable();
  for (const { table, key } of writes) {
    const read = { table: readUnits(table.find(key)?.size ?? 0, true), indexes: {} };
    for (let times = 0; times < timesCharged; times++) table.charge('read', read);
    units.add(table.name, read, timesCharged);
  }
  return units.consumed(request, 'ReadCapacityUnits');
}

export function transactGetItems(database: Database, request: TransactGetRequest) {
  const { TransactItems: items = [] } = request;
  checkCount(items);
  const units = new UnitsByTable();
  const reads = items.map(({ Get = {} }) => {
    const expressions = new RequestExpressions(Get);
    const paths = expressions.projection(Get.ProjectionExpression);
    const { names } = expressions.bindings();
    const table = tableOf(database, Get.TableName);
    return { table, key: checkKey(normalizeItem(Get.Key), table.key), paths, names };
  });
  refuseSameItem(reads);
  const Responses = reads.map(({ table, key, paths, names }) => {
    const entry = table.find(key);
    const read = { table: readUnits(entry?.size ?? 0, true), indexes: {} };
    for (let times = 0; times < timesCharged; times++) table.charge('read', read);
    units.add(table.name, read, timesCharged);
    return entry ? { Item: paths ? project(entry.item, paths, names) : entry.item } : {};
  });
  return { ...units.consumed(request, 'ReadCapacityUnits'), Responses };
}

function checkCount(items: readonly unknown[]): void {
  if (items.length >= 1 && items.length <= maxItems) return;
  const limit =
    items.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${maxItems}`;
  throw invalid(
    `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${limit}`,
  );
}

function refuseSameItem(items: readonly Pick<PreparedWrite, 'table' | 'key'>[]): void {
  const places = items.map(({ table, key }) => `${table.name} ${placeOf(key, table.key)}`);
  if (new Set(places).size === places.length) return;
  throw invalid('Transaction request cannot include multiple operations on one item');
}
