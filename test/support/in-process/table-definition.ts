import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import { memoryRequestHandler } from '@seenby/local-cloud/dynamodb/memory/request-handler.ts';
import { createTables } from '@seenby/local-cloud/dynamodb/tables.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';

/** The calls that make the stack's table, for any number of databases. */
export interface TableDefinition {
  tableName: string;
  calls: readonly { operation: string; input: object }[];
}

/** Reads the template once: making a table by the AWS SDK takes longer than many a test. */
export async function readTableDefinition(assemblyDir: string): Promise<TableDefinition> {
  const scratch = new MemoryDynamoDb();
  const calls: { operation: string; input: object }[] = [];
  const recording = {
    call(operation: string, input: object) {
      calls.push({ operation, input });
      return scratch.call(operation, input);
    },
  } as MemoryDynamoDb;
  const signer = { sign: async <R>(request: R): Promise<R> => request };
  const requestHandler = memoryRequestHandler(recording);
  const tables = await createTables(Template.read(assemblyDir), {
    ...{ ...localAccess, requestHandler, signer },
  });
  const [created] = Object.values(tables);
  if (!created) throw new Error('the stack declares no table');
  return { tableName: created.tableName, calls };
}

/** Makes the table in a database; answers the ARN of its stream. */
export function makeTable(database: MemoryDynamoDb, { tableName, calls }: TableDefinition): string {
  for (const { operation, input } of calls) database.call(operation, input);
  const described = database.call('DescribeTable', { TableName: tableName });
  if ('error' in described) throw described.error;
  return (described.output as { Table: { LatestStreamArn: string } }).Table.LatestStreamArn;
}
