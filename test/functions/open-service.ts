import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { createService, type Service } from '../../functions/service.ts';
import { Table } from '../../functions/store/table.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { Template } from '../../local/template/template.ts';
import { meterUnits, type Units } from './meter-units.ts';

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
  const endpoint = inject('dynamoDbEndpoint');
  const tableName = `test-${randomUUID()}`;
  const template = Template.read(inject('assemblyDir'));
  const declared = template.resources('AWS::DynamoDB::GlobalTable')[0]?.logicalId ?? '';
  await createTables(template, endpoint, {
    tableNames: { [declared]: tableName },
    withoutStreams: true,
  });
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const units = meterUnits(client);
  const documents = DynamoDBDocumentClient.from(client);
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
