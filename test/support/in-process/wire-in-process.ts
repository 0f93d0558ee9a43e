import { Dispatcher } from '../../../functions/push/dispatch/dispatcher.ts';
import type { PushJob } from '../../../functions/push/dispatch/push-job.ts';
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
  jobStarts: (job: PushJob) => void = () => {},
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
        jobStarts(job);
        void runPushJob(push, job);
      });
    },
    stillEntitled: (job) => stillEntitled(service, job),
  };
  const dispatcher = new Dispatcher({ ...push, sliceSize });
  const pusher = new Pusher(new RecipientResolver(service, 20), dispatcher);
  const usage = new UsageCounter(clock);
  return { service, peers, dispatcher, pusher, usage, cursors: new Cursors(table) };
}

export type InProcessParts = ReturnType<typeof wireInProcess>;
