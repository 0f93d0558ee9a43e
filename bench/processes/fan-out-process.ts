// Fans counts out as the function does; asked by fan-out.ts.
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import type { FanOut } from '../../functions/fan-out/fan-out.ts';
import { fanOutGroups } from '../../functions/fan-out/fan-out-groups.ts';
import { PushMemory } from '../../functions/fan-out/push-memory.ts';
import { Dispatcher } from '../../functions/push/dispatch/dispatcher.ts';
import { ConnectionSender } from '../../functions/push/transport/connection-sender.ts';
import type { FramePoster } from '../../functions/push/transport/frame-poster.ts';
import { SendLimiter } from '../../functions/push/transport/send-limiter.ts';
import { clientOptions } from '../../functions/runtime/aws-client.ts';
import { UsageCounter } from '../../functions/runtime/usage-counts.ts';
import { createService } from '../../functions/service/service.ts';
import { Table } from '../../functions/store/dynamodb/table.ts';
import type { MemberChange } from '../../functions/stream/member-change.ts';
import { serveCommands } from './child.ts';

/** Of one batch. */
export interface FanOutTimes {
  ms: number;
  processorMs: number;
  posts: number;
  failed: number;
}

export interface FanOutCommands {
  [name: string]: (input: never) => Promise<unknown>;
  open(input: { endpoint: string; tableName: string; now: number }): Promise<void>;
  run(input: { change: MemberChange; groups: number; atOnce: number }): Promise<FanOutTimes>;
}

const postMs = 10;
let posts = 0;
let newFanOut: () => FanOut;

/** Failures are counted; each one's story is of no use here. */
console.error = () => {};

const commands: FanOutCommands = {
  async open({ endpoint, tableName, now }) {
    const client = new DynamoDBClient({ endpoint, ...localAccess, ...clientOptions() });
    const clock = () => now;
    const service = createService({
      table: new Table(DynamoDBDocumentClient.from(client), tableName),
      ...{ retentionDays: 30, clock, random: Math.random, newId: crypto.randomUUID },
    });
    const timing = { clock: Date.now, random: Math.random, wait };
    const sent = async () => {
      posts++;
      await wait(postMs);
      return 'sent' as const;
    };
    const poster: FramePoster = { post: sent, close: sent, find: sent };
    const limiter = new SendLimiter(timing, 1_000_000);
    const dispatcher = new Dispatcher({
      ...{
        connectionSender: new ConnectionSender(service.connections, poster, timing, limiter),
        timing,
        sliceSize: 250,
      },
      queue: async () => {},
      stillEntitled: async ({ connections }) => connections,
    });
    newFanOut = () => ({
      ...{ service, dispatcher, queue: async () => {} },
      ...{ memory: new PushMemory(), usage: new UsageCounter(clock) },
      ...{ windowMs: 1000, bigGroupWindowMs: 2000 },
    });
  },
  async run({ change, groups, atOnce }) {
    const changes = Array.from({ length: groups }, (_, i) => ({
      ...change,
      groupId: `bench-${i}`,
    }));
    posts = 0;
    const startedAt = performance.now();
    const before = process.cpuUsage();
    const failed = await fanOutGroups(newFanOut(), changes, atOnce);
    const { user, system } = process.cpuUsage(before);
    const processorMs = (user + system) / 1000;
    return { ms: performance.now() - startedAt, processorMs, posts, failed: failed.length };
  },
};

serveCommands(commands, async () => {});
