import type { FanOut } from '../../../functions/fan-out/fan-out.ts';
import { pushDueCounts } from '../../../functions/fan-out/push-due-counts.ts';
import { PushMemory } from '../../../functions/fan-out/push-memory.ts';
import { Dispatcher } from '../../../functions/push/dispatch/dispatcher.ts';
import { type PushParts, runPushJob } from '../../../functions/push/dispatch/run-push-job.ts';
import { Pusher } from '../../../functions/push/pusher.ts';
import { RecipientResolver } from '../../../functions/push/recipients/recipient-resolver.ts';
import { stillEntitled } from '../../../functions/push/recipients/still-entitled.ts';
import { ConnectionSender } from '../../../functions/push/transport/connection-sender.ts';
import { SendLimiter } from '../../../functions/push/transport/send-limiter.ts';
import { UsageCounter } from '../../../functions/runtime/usage-counts.ts';
import { createService } from '../../../functions/service/service.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import type { Table } from '../../../functions/store/dynamodb/table.ts';
import type { VirtualTime } from '../time/virtual-time.ts';
import { Peers } from './peers.ts';

const postsPerSecond = 5000;
const sliceSize = 500;
const queueMs = 50;

/** The parts that `wiring.ts` makes for a Lambda, made for virtual time. */
export function wireInProcess(
  time: VirtualTime,
  table: Table,
  /** Told of each job of the push Lambda, with how many connections it posts to. */
  jobStarts: (connections: number) => void = () => {},
) {
  let ids = 0;
  const { clock, random, wait } = time;
  const newId = () => `made-${++ids}`;
  const service = createService({ table, retentionDays: 30, clock, random, newId, wait });
  const peers = new Peers();
  const limiter = new SendLimiter(time, postsPerSecond);
  const push: PushParts = {
    connectionSender: new ConnectionSender(service.connections, peers, time, limiter),
    timing: time,
    queue: async (job, delayMs) => {
      time.after(delayMs + queueMs, () => {
        jobStarts(job.connections.length);
        void runPushJob(push, job);
      });
    },
    stillEntitled: (job) => stillEntitled(service, job),
  };
  const dispatcher = new Dispatcher({ ...push, sliceSize });
  const pusher = new Pusher(new RecipientResolver(service, 20), dispatcher);
  const usage = new UsageCounter(clock);
  const counting = { service, dispatcher, usage, windowMs: 1000, bigGroupWindowMs: 2000 };
  // As the push Lambda does: another sandbox than the one that queued the job.
  const inPushLambda = { ...counting, memory: new PushMemory() };
  const queue: FanOut['queue'] = async (job, delayMs) => {
    time.after(delayMs + queueMs, () => {
      jobStarts(0);
      void pushDueCounts({ ...inPushLambda, queue }, job);
    });
  };
  const fanOut: FanOut = { ...counting, memory: new PushMemory(), queue };
  return { service, peers, dispatcher, pusher, fanOut, cursors: new Cursors(table) };
}

export type InProcessParts = ReturnType<typeof wireInProcess>;
