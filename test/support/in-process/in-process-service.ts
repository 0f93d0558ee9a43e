import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import type { FanOut } from '../../../functions/fan-out/fan-out.ts';
import { fanOutGroups } from '../../../functions/fan-out/fan-out-groups.ts';
import { recordReceipts } from '../../../functions/receipts/record-receipts.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import { handleBatch } from '../../../functions/stream/handle-batch.ts';
import { directDocumentClient } from '../service/direct-document-client.ts';
import type { VirtualTime } from '../time/virtual-time.ts';
import { answerHttp } from './answer-http.ts';
import { SocketAnswerer } from './answer-socket.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { makeTable, type TableDefinition } from './table-definition.ts';
import { TableStream } from './table-stream.ts';
import { type InProcessParts, wireInProcess } from './wire-in-process.ts';

export interface InProcessOptions {
  /** How long `recorder` gathers, where that is longer than a poll of the stream. */
  recorderWindowMs?: number;
  /** Told of each invocation by a stream or a queue, with how many records or connections. */
  invoked?: (name: 'recorder' | 'fanOut' | 'push', size: number) => void;
}

/**
 * The service's own code on a database of this process, in virtual time. Each call to the database
 * takes some milliseconds, so that requests overlap as they do on AWS.
 */
export function inProcessService(
  time: VirtualTime,
  definition: TableDefinition,
  databaseMs: () => number,
  { recorderWindowMs, invoked = () => {} }: InProcessOptions = {},
) {
  const database = new MemoryDynamoDb({ nowMs: time.clock });
  const streamArn = makeTable(database, definition);
  const consumers: StreamConsumer[] = [];
  const direct = directDocumentClient(database);
  const send = async (command: never) => {
    for (const consumer of consumers) consumer.poll();
    await time.wait(databaseMs());
    return direct.send(command);
  };
  const client = { ...direct, send } as DynamoDBDocumentClient;
  const parts = wireInProcess(time, new Table(client, definition.tableName), (connections) =>
    invoked('push', connections),
  );
  const consume = (name: 'recorder' | 'fanOut', handle: Handle, windowMs?: number) => {
    const counted: Handle = (records) => {
      invoked(name, records.length);
      return handle(records);
    };
    const stream = new TableStream(database, streamArn);
    consumers.push(new StreamConsumer(time, stream, counted, windowMs));
  };
  consume('recorder', recorder(parts), recorderWindowMs);
  consume('fanOut', fanOut(parts.fanOut));
  return {
    service: parts.service,
    /** The same database, without waiting for it; what its middleware sees, the service has asked too. */
    documents: direct,
    socket: new SocketAnswerer(parts),
    http: (userId: string, request: Parameters<typeof answerHttp>[2]) =>
      answerHttp(parts, userId, request),
  };
}

type Handle = ConstructorParameters<typeof StreamConsumer>[2];

const recorder =
  ({ service }: InProcessParts): Handle =>
  (Records) =>
    handleBatch({ Records }, async (changes) => {
      await recordReceipts(service, changes);
      return [];
    });

const fanOut =
  (context: FanOut): Handle =>
  (Records) =>
    handleBatch({ Records }, (changes) => fanOutGroups(context, changes));
