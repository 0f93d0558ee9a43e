import { randomUUID } from 'node:crypto';
import { createTables } from '@seenby/local-cloud/dynamodb/tables.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { inject } from 'vitest';
import { testDatabase } from './test-database.ts';

/** A table of the caller's own, as the stack declares it but for the stream, which slows writes. */
export async function createTable(): Promise<string> {
  const tableName = `test-${randomUUID()}`;
  const template = Template.read(inject('tableAssemblyDir'));
  const declared = template.resources('AWS::DynamoDB::GlobalTable')[0]?.logicalId ?? '';
  await createTables(template, testDatabase(), {
    tableNames: { [declared]: tableName },
    withoutStreams: true,
  });
  return tableName;
}
