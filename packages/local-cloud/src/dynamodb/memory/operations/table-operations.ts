import { invalid } from '../errors.ts';
import type { Table } from '../tables/table.ts';
import { addTable, type CreateTableRequest } from './create-table.ts';
import { type Database, tableOf } from './database.ts';

interface OfTable {
  TableName?: string;
}

interface TimeToLiveRequest extends OfTable {
  TimeToLiveSpecification?: { Enabled: boolean; AttributeName: string };
}

const maxNames = 100;

export const createTable = (database: Database, request: CreateTableRequest) => ({
  TableDescription: descriptionOf(addTable(database, request)),
});

export const describeTable = (database: Database, { TableName }: OfTable) => ({
  Table: descriptionOf(tableOf(database, TableName)),
});

export function deleteTable(database: Database, { TableName }: OfTable) {
  const table = tableOf(database, TableName);
  database.tables.delete(table.name);
  if (table.stream) table.stream.isClosed = true;
  return { TableDescription: { ...descriptionOf(table), TableStatus: 'DELETING' } };
}

export function listTables(
  database: Database,
  { Limit = maxNames, ExclusiveStartTableName: start = '' },
) {
  const names = [...database.tables.keys()].sort().filter((name) => name > start);
  const TableNames = names.slice(0, Limit);
  return {
    TableNames,
    ...(names.length > Limit && { LastEvaluatedTableName: TableNames.at(-1) }),
  };
}

export function updateTimeToLive(database: Database, request: TimeToLiveRequest) {
  const table = tableOf(database, request.TableName);
  const { TimeToLiveSpecification: specification } = request;
  if (!specification?.AttributeName) throw invalid('TimeToLiveSpecification is required');
  const isEnabled = table.timeToLive !== undefined;
  if (isEnabled === specification.Enabled) {
    throw invalid(`TimeToLive is already ${isEnabled ? 'enabled' : 'disabled'}`);
  }
  table.timeToLive = specification.Enabled ? specification.AttributeName : undefined;
  return { TimeToLiveSpecification: specification };
}

export function describeTimeToLive(database: Database, { TableName }: OfTable) {
  const { timeToLive } = tableOf(database, TableName);
  return {
    TimeToLiveDescription:
      timeToLive === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive },
  };
}

function descriptionOf({ description, items, indexes }: Table) {
  const { GlobalSecondaryIndexes: declared } = description;
  return {
    ...{ ...description, TableSizeBytes: items.sizeBytes, ItemCount: items.count },
    ...(Array.isArray(declared) && {
      GlobalSecondaryIndexes: declared.map((index: object, i) => ({
        ...index,
        ...{ IndexSizeBytes: indexes[i]?.items.sizeBytes, ItemCount: indexes[i]?.items.count },
      })),
    }),
  };
}
