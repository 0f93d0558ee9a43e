import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDbLocal } from '@seenby/local-cloud/dynamodb/dynamodb-local.ts';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import { memoryRequestHandler } from '@seenby/local-cloud/dynamodb/memory/request-handler.ts';
import { createTables } from '@seenby/local-cloud/dynamodb/tables.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { assemblyOf } from '../../demo/local/synthesize-seenby.ts';
import { directDocumentClient } from '../../test/support/service/direct-document-client.ts';
import type { Open } from '../support/demo-session.ts';
import type { Design, Place } from './all-designs.ts';
import { KeyedTable } from './keyed-table.ts';

/** How to reach a database: for its tables, and for their items. */
interface Database {
  config: DynamoDBClientConfig;
  documents: () => DynamoDBDocumentClient;
}

function inMemory(): Database {
  const database = new MemoryDynamoDb();
  return {
    config: { ...localAccess, requestHandler: memoryRequestHandler(database) },
    documents: () => directDocumentClient(database),
  };
}

async function onDynamoDbLocal(open: Open): Promise<Database> {
  const { endpoint, stop } = await startDynamoDbLocal();
  open.push(stop);
  const config = { ...localAccess, endpoint };
  // Document clients of one client share its middleware, and so their meter.
  const documents = () => {
    const client = new DynamoDBClient(config);
    open.push(() => client.destroy());
    return DynamoDBDocumentClient.from(client);
  };
  return { config, documents };
}

/** Opens a database, in memory or DynamoDB Local; answers how to make a table for a design in it. */
export async function openDatabase(
  open: Open,
  isLocal: boolean,
): Promise<(design: Pick<Design, 'table'>) => Promise<Place>> {
  const { assemblyDir } = await assemblyOf(join(import.meta.dirname, '../..'));
  const template = Template.read(assemblyDir);
  const { config, documents } = isLocal ? await onDynamoDbLocal(open) : inMemory();
  return async ({ table }) => {
    const tableName = `bench-${randomUUID()}`;
    if (table === 'keyed') await KeyedTable.create(config, tableName);
    else await createStackTable(template, config, tableName);
    return { documents: documents(), observer: documents(), tableName };
  };
}

async function createStackTable(
  template: Template,
  config: DynamoDBClientConfig,
  tableName: string,
): Promise<void> {
  const [declared] = template.resources('AWS::DynamoDB::GlobalTable');
  const tableNames = { [declared?.logicalId ?? '']: tableName };
  await createTables(template, config, { tableNames, withoutStreams: true });
}
