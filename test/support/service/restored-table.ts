import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { awsArnOf } from '@seenby/local-cloud/streams/records/stream-record.ts';
import { assemblyOf } from '../../../demo/local/synthesize-seenby.ts';

const projectDir = fileURLToPath(new URL('../../..', import.meta.url));

/** What a restore makes: another table with the items of a moment, whose stream begins empty. Answers its ARN. */
export async function restoreTable(
  client: DynamoDBClient,
  source: string,
  target: string,
): Promise<string> {
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName: source }));
  const requests: WriteRequest[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: source })) {
    requests.push(...Items.map((Item) => ({ PutRequest: { Item } })));
  }
  const { TableDescription: made } = await client.send(
    new CreateTableCommand({
      TableName: target,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: table?.AttributeDefinitions,
      KeySchema: table?.KeySchema,
      GlobalSecondaryIndexes: table?.GlobalSecondaryIndexes?.map(
        ({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }),
      ),
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  for (let i = 0; i < requests.length; i += 25) {
    const RequestItems = { [target]: requests.slice(i, i + 25) };
    await client.send(new BatchWriteItemCommand({ RequestItems }));
  }
  return awsArnOf(made?.LatestStreamArn ?? '');
}

const madeFor = {
  stream:
    'arn:aws:dynamodb:us-east-1:000000000000:table/made-before/stream/2026-01-01T00:00:00.000',
  name: 'made-before',
};

/** The stack with the setting `tableStreamArn`, synthesized for any table and then told of this one. */
export async function assembleForTable(
  assemblyDir: string,
  tableStreamArn: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const made = await assemblyOf(projectDir, {
    ...{ tableStreamArn: madeFor.stream, demoPage: 'false' },
    ...settings,
  });
  cpSync(made.assemblyDir, assemblyDir, { recursive: true });
  const [arn = '', name = ''] = tableStreamArn.match(/^.*:table\/([^/]+)(?=\/stream)/) ?? [];
  const [madeForArn = ''] = madeFor.stream.split('/stream');
  for (const file of readdirSync(assemblyDir).filter((each) => each.endsWith('.template.json'))) {
    const path = join(assemblyDir, file);
    const template = readFileSync(path, 'utf8')
      .replaceAll(madeFor.stream, tableStreamArn)
      .replaceAll(madeForArn, arn)
      .replaceAll(madeFor.name, name);
    writeFileSync(path, template);
  }
}
