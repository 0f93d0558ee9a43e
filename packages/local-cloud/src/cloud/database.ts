import { join } from 'node:path';
import { startDynamoDbLocal } from '../dynamodb/dynamodb-local.ts';
import { type CreatedTable, createTables } from '../dynamodb/tables.ts';
import {
  type DynamoDbProxyThread,
  startDynamoDbProxy,
} from '../permissions/dynamodb-proxy-thread.ts';
import { readKnownTables } from '../permissions/key-schemas.ts';
import { TemplateError } from '../template/template.ts';
import type { CloudOptions } from './options.ts';
import type { Stack } from './stack.ts';

export interface Database {
  /** DynamoDB itself, which asks nobody for permission. */
  endpoint: string;
  /** Where the functions reach it. */
  proxy: DynamoDbProxyThread;
  tables: Record<string, CreatedTable>;
}

/** DynamoDB with the template's tables, and the proxy that checks the functions' permissions. */
export async function openDatabase(options: CloudOptions, stack: Stack): Promise<Database> {
  const { template, log, reportFault, running } = stack;
  const endpoint = options.dynamoDbEndpoint ?? (await startDatabase(options, stack));
  const tables = await openTables(endpoint, options, stack);
  const proxy = await startDynamoDbProxy(
    {
      ...{ assemblyDir: options.assemblyDir, dynamoDbEndpoint: endpoint },
      tables: readKnownTables(template, tables),
      partition: options.awsLimits?.partition,
      countsUnits: options.countsUnits,
    },
    { log, reportFault },
  );
  running.defer(() => proxy.close());
  return { endpoint, proxy, tables };
}

async function startDatabase({ dataDir }: CloudOptions, { log, running }: Stack): Promise<string> {
  const database = await startDynamoDbLocal({
    log,
    ...(dataDir && { dataDir: join(dataDir, 'dynamodb') }),
  });
  running.defer(() => database.stop());
  return database.endpoint;
}

async function openTables(
  endpoint: string,
  { tableNames }: CloudOptions,
  { template }: Stack,
): Promise<Record<string, CreatedTable>> {
  try {
    return await createTables(template, endpoint, tableNames && { tableNames });
  } catch (cause) {
    if (cause instanceof TemplateError) throw cause;
    const { code, name } = cause as { code?: string; name: string };
    throw new Error(`The DynamoDB at ${endpoint} gives no tables (${code ?? name}).`, { cause });
  }
}
