import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  ResourceInUseException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { tableInArn } from '../streams/mapping-settings.ts';
import { type Template, TemplateError } from '../template/template.ts';
import { localAccess } from './local-access.ts';

export interface CreatedTable {
  tableName: string;
  streamArn: string;
  /** The attribute of the partition key. */
  partitionKey: string;
  /** Those of its indexes, by name. */
  indexKeys: Readonly<Record<string, string>>;
}

interface TableProperties
  extends Pick<
    CreateTableCommandInput,
    'AttributeDefinitions' | 'KeySchema' | 'LocalSecondaryIndexes'
  > {
  TableName?: string;
  StreamSpecification?: { StreamViewType: 'NEW_AND_OLD_IMAGES' } | undefined;
  GlobalSecondaryIndexes?: CreateTableCommandInput['GlobalSecondaryIndexes'];
  TimeToLiveSpecification?: { AttributeName?: string; Enabled: boolean };
}

export interface TableOptions {
  /** By logical id. */
  tableNames?: Record<string, string>;
  /**
   * For tables whose streams nobody reads: at every request for a table with a stream DynamoDB Local
   * looks for its oldest record, through those of all other tables.
   */
  withoutStreams?: boolean;
}

/**
 * Creates the template's tables, with streams and TTL as declared. A table that exists is kept with
 * all it holds, unless its shape differs from the template's (TemplateError).
 * @param database An endpoint, or how else a client reaches it.
 * Returns names and stream ARNs by logical id, and by name those of tables that were there before; the ARN is empty for a table without a stream.
 */
export async function createTables(
  template: Template,
  database: string | DynamoDBClientConfig,
  { tableNames, withoutStreams }: TableOptions = {},
): Promise<Record<string, CreatedTable>> {
  const reached = typeof database === 'string' ? { endpoint: database } : database;
  const client = new DynamoDBClient({ ...localAccess, ...reached });
  try {
    const tables: Record<string, CreatedTable> = {};
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table']) {
      for (const { logicalId, properties } of template.resources<TableProperties>(type)) {
        const tableName = tableNames?.[logicalId] ?? properties.TableName ?? logicalId;
        const declared = {
          ...properties,
          ...(withoutStreams && { StreamSpecification: undefined }),
        };
        tables[logicalId] = await createTable(client, tableName, declared);
      }
    }
    for (const name of tablesOutside(template)) tables[name] = await findTable(client, name);
    return tables;
  } finally {
    client.destroy();
  }
}

/** Tables that the template maps the stream of and does not make: they have to be there. */
function tablesOutside(template: Template): Set<string> {
  const sources = template
    .resources<{ EventSourceArn?: string }>('AWS::Lambda::EventSourceMapping')
    .map(({ properties: { EventSourceArn = '' } }) => EventSourceArn)
    .filter((arn) => template.logicalIdOf(arn) === undefined);
  return new Set(sources.flatMap((arn) => tableInArn(arn) ?? []));
}

async function findTable(client: DynamoDBClient, tableName: string): Promise<CreatedTable> {
  const { Table: table } = await client
    .send(new DescribeTableCommand({ TableName: tableName }))
    .catch((cause: unknown) => {
      throw new TemplateError(`The table ${tableName} of the template is not there.`, { cause });
    });
  if (!table?.LatestStreamArn) throw new TemplateError(`The table ${tableName} has no stream.`);
  return { tableName, streamArn: table.LatestStreamArn, ...partitionKeysOf(table) };
}

async function createTable(
  client: DynamoDBClient,
  tableName: string,
  properties: TableProperties,
): Promise<CreatedTable> {
  const request = createTableRequest(tableName, properties);
  try {
    await client.send(new CreateTableCommand(request));
    await enableTimeToLive(client, tableName, properties);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  if (table === undefined || shapeOf(table) !== shapeOf(request)) {
    throw new TemplateError(
      `The table ${tableName} exists with other keys, indexes or stream than the template declares: delete it or use another database.`,
    );
  }
  return { tableName, streamArn: table.LatestStreamArn ?? '', ...partitionKeysOf(table) };
}

function partitionKeysOf(table: TableDescription) {
  const { GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = table;
  const indexes = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes];
  return {
    partitionKey: partitionKeyOf(table),
    indexKeys: Object.fromEntries(
      indexes.map((index) => [index.IndexName ?? '', partitionKeyOf(index)]),
    ),
  };
}

const partitionKeyOf = ({ KeySchema = [] }: Pick<TableDescription, 'KeySchema'>): string =>
  KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';

/** The request for a table on demand, whatever capacity the template declares. */
function createTableRequest(
  tableName: string,
  properties: TableProperties,
): CreateTableCommandInput {
  const stream = properties.StreamSpecification;
  return {
    TableName: tableName,
    AttributeDefinitions: properties.AttributeDefinitions,
    KeySchema: properties.KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(
      ({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }),
    ),
    LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
    ...(stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.StreamViewType },
    }),
  };
}

async function enableTimeToLive(
  client: DynamoDBClient,
  tableName: string,
  { TimeToLiveSpecification: timeToLive }: TableProperties,
): Promise<void> {
  if (timeToLive?.Enabled !== true) return;
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: tableName,
      TimeToLiveSpecification: { Enabled: true, AttributeName: timeToLive.AttributeName },
    }),
  );
}

/** What must be equal for a kept table to serve the template. */
function shapeOf(table: TableDescription | CreateTableCommandInput): string {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return JSON.stringify({
    keys: keysOf(table),
    indexes: indexes.map((index) => `${index.IndexName} ${keysOf(index)}`).sort(),
    stream: table.StreamSpecification?.StreamViewType,
  });
}

function keysOf({ KeySchema: schema }: Pick<TableDescription, 'KeySchema'>): string {
  return (schema ?? []).map((key) => `${key.KeyType}:${key.AttributeName}`).join();
}
