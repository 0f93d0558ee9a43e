import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { Template } from '../../../local/template/template.ts';

/** A table as declared, but for the stream: it slows writes, and here nobody listens to it. */
export async function createStormTable(client: DynamoDBClient): Promise<string> {
  const template = Template.read(inject('assemblyDir'));
  const [table] = template.resources<CreateTableCommandInput>('AWS::DynamoDB::GlobalTable');
  if (!table) throw new Error('the stack has no table');
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = table.properties;
  const indexes = GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
    ...{ IndexName, KeySchema, Projection },
  }));
  const TableName = `storm-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      ...{ TableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes: indexes },
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  return TableName;
}
