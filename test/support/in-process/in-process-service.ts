import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { createService } from '../../../functions/service/service.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import { directDocumentClient } from '../service/direct-document-client.ts';
import type { VirtualTime } from '../time/virtual-time.ts';
import { SocketAnswerer } from './answer-socket.ts';
import { type HttpRequest, httpEvent } from './lambda-events.ts';
import { usualSettings } from './lambdas.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { makeTable, type TableDefinition } from './table-definition.ts';
import { TableStream } from './table-stream.ts';
import { type OneOfSeveral, wireInProcess } from './wire-in-process.ts';

/** An item as DynamoDB's own API has it. */
export type Row = Record<string, unknown>;

export type InProcessService = ReturnType<typeof inProcessService>;

export interface InProcessOptions extends OneOfSeveral {
  /** How long `recorder` gathers, where that is longer than a poll of the stream. */
  recorderWindowMs?: number;
  /** Told of each invocation by a stream or a queue, with how many records or connections. */
  invoked?: (name: 'recorder' | 'fanOut' | 'push', size: number) => void;
  /** What the table has in it from the beginning; its stream begins empty. */
  rows?: readonly Row[];
}

/**
 * The service's own code on a database of this process, in virtual time. Each call to the database
 * takes some milliseconds, so that requests overlap as they do on AWS.
 */
export function inProcessService(
  time: VirtualTime,
  definition: TableDefinition,
  databaseMs: () => number,
  { recorderWindowMs, invoked = () => {}, rows = [], ...own }: InProcessOptions = {},
) {
  const database = new MemoryDynamoDb({ nowMs: time.clock });
  const { tableName: TableName } = definition;
  const streamArn = makeTable(database, definition);
  for (const Item of rows) database.call('PutItem', { TableName, Item });
  const consumers: StreamConsumer[] = [];
  const direct = directDocumentClient(database);
  const send = async (command: never) => {
    for (const consumer of consumers) consumer.poll();
    await time.wait(databaseMs());
    return direct.send(command);
  };
  const client = { ...direct, send } as DynamoDBDocumentClient;
  const table = new Table(client, TableName, time);
  const jobStarts = (connections: number) => invoked('push', connections);
  const lambdas = wireInProcess(time, table, jobStarts, own);
  const consume = (name: 'recorder' | 'fanOut', windowMs?: number) => {
    const handle = (Records: DynamoDBRecord[]) => {
      invoked(name, Records.length);
      return lambdas[name]({ Records });
    };
    const stream = new TableStream(database, streamArn);
    stream.skip();
    consumers.push(new StreamConsumer(time, stream, handle, windowMs));
  };
  consume('recorder', recorderWindowMs);
  consume('fanOut');
  const { clock, random, wait } = time;
  let ids = 0;
  return {
    /** For what a test looks at, or begins with, beside the handlers. */
    service: createService({
      ...{ table, clock, random, wait, ...usualSettings },
      newId: () => `asked-${++ids}`,
    }),
    peers: lambdas.peers,
    ...{ database, streamArn },
    /** Everything that is stored at this moment. */
    rows: (): Row[] => rowsOf(database, TableName),
    /** The same database, without waiting for it; what its middleware sees, the service has asked too. */
    documents: direct,
    socket: new SocketAnswerer(lambdas),
    /** The id of a user is a token. */
    async http(userId: string, request: HttpRequest) {
      const { statusCode = 500, body = '' } = await lambdas.http(httpEvent(userId, request));
      return { status: statusCode, text: body };
    },
  };
}

function rowsOf(database: MemoryDynamoDb, TableName: string): Row[] {
  const rows: Row[] = [];
  let start: unknown;
  do {
    const from = start ? { ExclusiveStartKey: start } : {};
    const page = database.call('Scan', { TableName, ...from });
    if ('error' in page) throw page.error;
    const { Items, LastEvaluatedKey } = page.output as { Items: Row[]; LastEvaluatedKey?: unknown };
    rows.push(...structuredClone(Items));
    start = LastEvaluatedKey;
  } while (start);
  return rows;
}
