import { DynamoDbError, invalid, invalidValue } from '../errors.ts';
import { type StreamViewType, TableStream } from '../streams/table-stream.ts';
import { type KeySchema, type KeyType, keyAttributes } from '../tables/schema.ts';
import { type Projection, SecondaryIndex } from '../tables/secondary-index.ts';
import { Table } from '../tables/table.ts';
import { checkTableName, type Database } from './database.ts';

interface KeyElement {
  AttributeName: string;
  KeyType: 'HASH' | 'RANGE';
}

interface IndexDefinition {
  IndexName: string;
  KeySchema: KeyElement[];
  Projection: Projection;
}

export interface CreateTableRequest {
  TableName?: string;
  AttributeDefinitions?: { AttributeName: string; AttributeType: KeyType }[];
  KeySchema?: KeyElement[];
  BillingMode?: 'PAY_PER_REQUEST' | 'PROVISIONED';
  GlobalSecondaryIndexes?: IndexDefinition[];
  LocalSecondaryIndexes?: unknown[];
  StreamSpecification?: { StreamEnabled: boolean; StreamViewType?: StreamViewType };
}

/** Whatever capacity a request asks for: a table here takes what comes. */
const onDemand = { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 };

/** Adds a table as the request describes it. It is there at once; on AWS it takes seconds. */
export function addTable(database: Database, request: CreateTableRequest): Table {
  const { TableName: name = '', GlobalSecondaryIndexes = [] } = request;
  checkTableName(name);
  if (database.tables.has(name)) {
    throw new DynamoDbError('ResourceInUseException', `Table already exists: ${name}`);
  }
  if (request.LocalSecondaryIndexes?.length) {
    throw invalid('The DynamoDB in memory has no local secondary indexes');
  }
  const key = keySchemaOf(request.KeySchema, request);
  const indexes = GlobalSecondaryIndexes.map(
    ({ IndexName, KeySchema, Projection }) =>
      new SecondaryIndex(IndexName, keySchemaOf(KeySchema, request), Projection, key),
  );
  refuseUnusedDefinitions(request, [key, ...indexes.map(({ items }) => items.schema)]);
  const arn = `arn:aws:dynamodb:${database.region}:000000000000:table/${name}`;
  const stream = streamOf(database, request, arn);
  const description = describe(database, request, arn, stream);
  const table = new Table({ name, key, indexes, stream, description });
  database.tables.set(name, table);
  if (stream) database.streams.set(stream.parts.arn, stream);
  return table;
}

function keySchemaOf(
  elements: readonly KeyElement[] = [],
  { AttributeDefinitions: definitions = [] }: CreateTableRequest,
): KeySchema {
  const [partition, sort, ...more] = elements.map(({ AttributeName: name }) => {
    const type = definitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
    if (type !== undefined) return { name, type };
    throw invalidValue(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${name}]`,
    );
  });
  const kinds = elements.map(({ KeyType }) => KeyType).join();
  if (!partition || more.length > 0 || !'HASH,RANGE'.startsWith(kinds)) {
    throw invalidValue('Invalid KeySchema: a HASH key and at most one RANGE key are expected');
  }
  return { partition, sort };
}

function refuseUnusedDefinitions(
  { AttributeDefinitions = [] }: CreateTableRequest,
  schemas: readonly KeySchema[],
): void {
  const used = new Set(schemas.flatMap(keyAttributes).map(({ name }) => name));
  if (AttributeDefinitions.every(({ AttributeName }) => used.has(AttributeName))) return;
  throw invalidValue(
    'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
  );
}

function streamOf(
  { region, nowMs }: Database,
  { TableName = '', KeySchema, StreamSpecification: stream }: CreateTableRequest,
  tableArn: string,
): TableStream | undefined {
  if (!stream?.StreamEnabled) return undefined;
  if (stream.StreamViewType === undefined) {
    throw invalidValue('StreamViewType is required when a stream is enabled');
  }
  const label = new Date(nowMs()).toISOString().replace('Z', '');
  return new TableStream({
    ...{ arn: `${tableArn}/stream/${label}`, label, region, nowMs },
    ...{ tableName: TableName, viewType: stream.StreamViewType, keySchema: KeySchema },
  });
}

function describe(
  { nowMs }: Database,
  request: CreateTableRequest,
  TableArn: string,
  stream: TableStream | undefined,
) {
  const { TableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = request;
  return {
    ...{ AttributeDefinitions, TableName, KeySchema, TableArn, TableStatus: 'ACTIVE' },
    CreationDateTime: nowMs() / 1000,
    ProvisionedThroughput: onDemand,
    BillingModeSummary: { BillingMode: request.BillingMode ?? 'PROVISIONED' },
    DeletionProtectionEnabled: false,
    ...(GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({
        ...{ ...index, IndexStatus: 'ACTIVE', ProvisionedThroughput: onDemand },
        IndexArn: `${TableArn}/index/${index.IndexName}`,
      })),
    }),
    ...(stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.parts.viewType },
      ...{ LatestStreamLabel: stream.parts.label, LatestStreamArn: stream.parts.arn },
    }),
  };
}
