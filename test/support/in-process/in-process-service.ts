import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import { memoryRequestHandler } from '@seenby/local-cloud/dynamodb/memory/request-handler.ts';
import { createTables } from '@seenby/local-cloud/dynamodb/tables.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { statusOfCode } from '@seenby/protocol/errors.ts';
import { type HttpRoute, httpRoutes, splitRoute } from '@seenby/protocol/http-requests.ts';
import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { inject } from 'vitest';
import { runRoute } from '../../../functions/api/http/http-routes.ts';
import { problemOf } from '../../../functions/api/problem-of.ts';
import { parseFrame } from '../../../functions/api/socket/parse-frame.ts';
import { runFrame } from '../../../functions/api/socket/run-frame.ts';
import { fanOutGroups } from '../../../functions/fan-out/fan-out-groups.ts';
import { PushMemory } from '../../../functions/fan-out/push-memory.ts';
import { Dispatcher } from '../../../functions/push/dispatch/dispatcher.ts';
import { type PushParts, runPushJob } from '../../../functions/push/dispatch/run-push-job.ts';
import { Pusher } from '../../../functions/push/pusher.ts';
import { AuthorIndex } from '../../../functions/push/recipients/author-index.ts';
import { RecipientResolver } from '../../../functions/push/recipients/recipient-resolver.ts';
import { stillEntitled } from '../../../functions/push/recipients/still-entitled.ts';
import { ConnectionSender } from '../../../functions/push/transport/connection-sender.ts';
import { SendLimiter } from '../../../functions/push/transport/send-limiter.ts';
import { recordReceipts } from '../../../functions/receipts/record-receipts.ts';
import { UsageCounter } from '../../../functions/runtime/usage-counts.ts';
import { createService } from '../../../functions/service/service.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import { handleBatch } from '../../../functions/stream/handle-batch.ts';
import type { VirtualTime } from '../time/virtual-time.ts';

const unsigned = { sign: async <R>(request: R): Promise<R> => request };
const lifeMs = 2 * 3_600_000;
const pollMs = 200;

/** Where API Gateway would post a connection's frames to. */
export interface Peer {
  userId: string;
  receive(text: string): void;
  closed(): void;
}

/** The service's own code on a database of this process, in virtual time. */
export async function inProcessService(time: VirtualTime) {
  const database = new MemoryDynamoDb({ nowMs: time.clock });
  const config = {
    ...localAccess,
    requestHandler: memoryRequestHandler(database),
    signer: unsigned,
  };
  const [created] = Object.values(
    await createTables(Template.read(inject('tableAssemblyDir')), config),
  );
  if (!created) throw new Error('the stack declares no table');
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  const send = documents.send.bind(documents) as (command: unknown) => Promise<unknown>;
  Object.assign(documents, {
    send: (command: unknown) => time.during(() => send(command)).finally(() => poll()),
  });
  let ids = 0;
  const { clock, random, wait } = time;
  const table = new Table(documents, created.tableName);
  const newId = () => `made-${++ids}`;
  const service = createService({ table, retentionDays: 30, clock, random, newId, wait });
  const peers = new Map<string, Peer>();
  const poster = {
    async post(connectionId: string, data: string) {
      const peer = peers.get(connectionId);
      peer?.receive(data);
      return peer ? ('sent' as const) : ('gone' as const);
    },
    async close(connectionId: string) {
      const peer = peers.get(connectionId);
      peers.delete(connectionId);
      peer?.closed();
      return peer ? ('sent' as const) : ('gone' as const);
    },
    async find(connectionId: string) {
      return peers.has(connectionId) ? ('sent' as const) : ('gone' as const);
    },
  };
  const push: PushParts = {
    connectionSender: new ConnectionSender(
      service.connections,
      poster,
      time,
      new SendLimiter(time, 5000),
    ),
    timing: time,
    queue: async (job, delayMs) => {
      time.after(delayMs + 50, () => void runPushJob(push, job));
    },
    stillEntitled: (job) => stillEntitled(service, job),
  };
  const dispatcher = new Dispatcher({ ...push, sliceSize: 500 });
  const authors = new AuthorIndex(service.messages);
  const pusher = new Pusher(new RecipientResolver(service, authors), dispatcher);
  const cursors = new Cursors(table);
  const fanOut = {
    ...{ service, dispatcher, authors, memory: new PushMemory(), usage: new UsageCounter(() => 0) },
    ...{ intervalMs: 1000, bigGroupIntervalMs: 2000, wait },
  };

  let place = 0;
  let isPolling = false;
  const iterator = (): string => {
    const described = database.call('DescribeStream', { StreamArn: created.streamArn });
    const { StreamDescription } = outputOf<{
      StreamDescription: { Shards: { ShardId: string }[] };
    }>(described);
    const ShardId = StreamDescription.Shards[0]?.ShardId;
    const at = { StreamArn: created.streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    return outputOf<{ ShardIterator: string }>(database.call('GetShardIterator', at)).ShardIterator;
  };
  const streamArn = iterator().split('|')[0];
  function poll(): void {
    if (isPolling) return;
    isPolling = true;
    time.after(pollMs, () => void consume());
  }
  async function consume(): Promise<void> {
    const read = database.call('GetRecords', { ShardIterator: `${streamArn}|${place}` });
    const { Records } = outputOf<{ Records: DynamoDBRecord[] }>(read);
    place += Records.length;
    const members = Records.filter(
      ({ dynamodb }) => dynamodb?.NewImage && dynamodb.Keys?.pk?.S?.endsWith('#M'),
    );
    if (members.length > 0) {
      await Promise.all([
        handleBatch({ Records: members }, async (changes) => {
          await recordReceipts(service, changes);
          return [];
        }),
        handleBatch({ Records: members }, (changes) => fanOutGroups(fanOut, changes, 30)),
      ]);
    }
    isPolling = false;
    if (Records.length > 0) poll();
  }

  return {
    async connect(connectionId: string, peer: Peer): Promise<void> {
      peers.set(connectionId, peer);
      await service.connections.add({ userId: peer.userId, connectionId }, clock() + lifeMs);
    },
    async disconnect(connectionId: string): Promise<void> {
      const peer = peers.get(connectionId);
      peers.delete(connectionId);
      if (peer) await service.connections.remove({ userId: peer.userId, connectionId });
    },
    async frame(connectionId: string, text: string): Promise<void> {
      const peer = peers.get(connectionId);
      if (!peer) return;
      const caller = { userId: peer.userId, connectionId };
      const ends = { tokenExpiresAt: clock() + lifeMs, endsAt: clock() + lifeMs };
      const { requestId, frame } = parseFrame(text);
      const outcome = await runFrame({ service, caller, ...ends }, frame);
      const replies: ServerFrame[] = outcome.ok
        ? outcome.value
        : [{ type: 'error', ...outcome.problem }];
      await Promise.all([
        ...replies.map((reply) =>
          dispatcher.send({ ...reply, ...(requestId && { requestId }) }, [caller]),
        ),
        outcome.ok ? pusher.push(outcome.pushes) : undefined,
      ]);
    },
    async http(userId: string, method: string, url: URL, body: string | undefined) {
      const { route, path } = routeOf(method, url.pathname);
      const query = Object.fromEntries(url.searchParams);
      const context = { service, cursors, caller: { userId } };
      const outcome = await runRoute(route, context, { path, query, body }).catch(
        (error: unknown) => ({
          ok: false as const,
          problem: problemOf(error, { route, requestId: '' }),
        }),
      );
      if (!outcome.ok) {
        return { status: statusOfCode[outcome.problem.code], body: { error: outcome.problem } };
      }
      await pusher.push(outcome.pushes);
      return outcome.value;
    },
  };
}

function outputOf<T>(result: ReturnType<MemoryDynamoDb['call']>): T {
  if ('error' in result) throw result.error;
  return result.output as T;
}

function routeOf(method: string, pathname: string) {
  const segments = pathname.split('/');
  for (const route of httpRoutes) {
    const declared = splitRoute(route);
    const parts = declared.path.split('/');
    if (declared.method !== method || parts.length !== segments.length) continue;
    const isMatch = parts.every((part, i) => part.startsWith('{') || part === segments[i]);
    if (!isMatch) continue;
    const path = Object.fromEntries(
      parts.flatMap((part, i) => (part.startsWith('{') ? [[part.slice(1, -1), segments[i]]] : [])),
    ) as Record<string, string>;
    return { route: route as HttpRoute, path };
  }
  throw new Error(`no route for ${method} ${pathname}`);
}
