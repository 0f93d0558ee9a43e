import { invalid } from '../errors.ts';
import { project } from '../expressions/project.ts';
import { type Placeholders, RequestExpressions } from '../expressions/request-expressions.ts';
import { checkKey, placeOf } from '../tables/schema.ts';
import type { Table } from '../tables/table.ts';
import { readUnits } from '../tables/units.ts';
import type { Attributes } from '../values/attribute-value.ts';
import { normalizeItem } from '../values/normalize.ts';
import { type ReturnConsumedCapacity, UnitsByTable } from './capacity.ts';
import { type Database, tableOf } from './database.ts';
import { type PreparedWrite, prepareDelete, preparePut, write } from './prepared-write.ts';

interface KeysOfTable extends Placeholders {
  Keys?: unknown[];
  ConsistentRead?: boolean;
  ProjectionExpression?: string;
}

interface BatchGetRequest {
  RequestItems?: Record<string, KeysOfTable>;
  ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

interface BatchWrite {
  PutRequest?: { Item?: unknown };
  DeleteRequest?: { Key?: unknown };
}

interface BatchWriteRequest {
  RequestItems?: Record<string, BatchWrite[]>;
  ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

const maxReads = 100;
const maxReadBytes = 16 * 1024 * 1024;
const maxWrites = 25;

export function batchGetItem(database: Database, request: BatchGetRequest) {
  const requested = Object.entries(request.RequestItems ?? {});
  if (requested.length === 0) {
    throw invalid(
      "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  if (requested.reduce((sum, [, { Keys = [] }]) => sum + Keys.length, 0) > maxReads) {
    throw invalid('Too many items requested for the BatchGetItem call');
  }
  const reads = requested.map(([name, keys]) => prepareReads(database, name, keys));
  const answer = new BatchAnswer();
  for (const read of reads) answer.add(read);
  return {
    Responses: answer.responses,
    UnprocessedKeys: answer.unprocessed,
    ...answer.units.consumed(request),
  };
}

interface BatchRead {
  table: Table;
  request: KeysOfTable;
  keys: Attributes[];
  projected: (item: Attributes) => Attributes;
}

function prepareReads(database: Database, name: string, request: KeysOfTable): BatchRead {
  const expressions = new RequestExpressions(request);
  const paths = expressions.projection(request.ProjectionExpression);
  const { names } = expressions.bindings();
  const table = tableOf(database, name);
  const keys = (request.Keys ?? []).map((key) => checkKey(normalizeItem(key), table.key));
  if (keys.length === 0) {
    throw invalid(
      `The list of keys in RequestItems for BatchGetItem is required: ${name} has empty list`,
    );
  }
  refuseDuplicates(keys.map((key) => placeOf(key, table.key)));
  return {
    table,
    request,
    keys,
    projected: (item) => (paths ? project(item, paths, names) : item),
  };
}

/** What has been read, up to 16 MB; the keys of the rest are given back. */
class BatchAnswer {
  readonly responses: Record<string, Attributes[]> = {};
  readonly unprocessed: Record<string, KeysOfTable> = {};
  readonly units = new UnitsByTable();
  #bytes = 0;

  add({ table, request, keys, projected }: BatchRead): void {
    const items: Attributes[] = [];
    this.responses[table.name] = items;
    keys.forEach((key, i) => {
      if (this.unprocessed[table.name]) return;
      const entry = table.find(key);
      this.#bytes += entry?.size ?? 0;
      if (this.#bytes > maxReadBytes) {
        this.unprocessed[table.name] = { ...request, Keys: keys.slice(i) };
        return;
      }
      const read = readUnits(entry?.size ?? 0, request.ConsistentRead === true);
      table.charge('read', { table: read, indexes: {} });
      this.units.add(table.name, { table: read, indexes: {} });
      if (entry) items.push(projected(entry.item));
    });
  }
}

export function batchWriteItem(database: Database, request: BatchWriteRequest) {
  const requested = Object.entries(request.RequestItems ?? {});
  if (requested.length === 0) {
    throw invalid(
      "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  if (requested.reduce((sum, [, writes]) => sum + writes.length, 0) > maxWrites) {
    throw invalid('Too many items requested for the BatchWriteItem call');
  }
  const writes = requested.flatMap(([name, each]) => prepareWrites(database, name, each));
  refuseDuplicates(writes.map(({ table, key }) => `${table.name} ${placeOf(key, table.key)}`));
  const units = new UnitsByTable();
  for (const prepared of writes) units.add(prepared.table.name, write(prepared).units);
  return { UnprocessedItems: {}, ...units.consumed(request) };
}

function prepareWrites(
  database: Database,
  TableName: string,
  writes: readonly BatchWrite[],
): PreparedWrite[] {
  if (writes.length === 0) {
    throw invalid(`The batch write request list for a table cannot be null or empty: ${TableName}`);
  }
  return writes.map(({ PutRequest, DeleteRequest }) => {
    if ((PutRequest === undefined) === (DeleteRequest === undefined)) {
      throw invalid(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    }
    return PutRequest
      ? preparePut(database, { TableName, Item: PutRequest.Item })
      : prepareDelete(database, { TableName, Key: DeleteRequest?.Key });
  });
}

function refuseDuplicates(places: readonly string[]): void {
  if (new Set(places).size === places.length) return;
  throw invalid('Provided list of item keys contains duplicates');
}
