import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createService, type Service } from '../../../functions/service/service.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import { createTable } from './create-table.ts';
import { meterUnits, type Units } from './meter-units.ts';
import { testDocuments } from './test-database.ts';

export interface OpenedService {
  service: Service;
  table: Table;
  /** The name of the table, which nobody else uses. */
  tableName: string;
  documents: DynamoDBDocumentClient;
  /** What DynamoDB charged since the meter was last reset. */
  units: Units;
  /** The clock of the service: stands still until it is moved. */
  time: { now: number };
}

/** The use cases on a table of their own, as the stack declares it, with a clock that stands still. */
export async function openService(
  options: { retentionDays?: number } = {},
): Promise<OpenedService> {
  const tableName = await createTable();
  const documents = testDocuments();
  const units = meterUnits(documents);
  const table = new Table(documents, tableName);
  const time = { now: Date.UTC(2026, 0, 15, 9) };
  let ids = 0;
  const service = createService({
    table,
    retentionDays: options.retentionDays ?? 30,
    clock: () => time.now,
    random: () => 0.1,
    newId: () => `group-${++ids}`,
  });
  return { service, table, tableName, documents, units, time };
}
