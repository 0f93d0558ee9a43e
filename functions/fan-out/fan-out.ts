import type { Dispatcher } from '../push/dispatch/dispatcher.ts';
import type { CountPushJob } from '../push/dispatch/push-job.ts';
import type { PushQueue } from '../push/dispatch/push-queue.ts';
import type { UsageCounter } from '../runtime/usage-counts.ts';
import type { Service } from '../service/service.ts';
import type { PushMemory } from './push-memory.ts';

/** What it takes to push counts. */
export interface FanOut {
  service: Service;
  dispatcher: Dispatcher;
  queue: PushQueue<CountPushJob>;
  memory: PushMemory;
  usage: UsageCounter;
  /** How long the counts of a group are gathered at the least, in milliseconds. */
  windowMs: number;
  /** The same for big groups. */
  bigGroupWindowMs: number;
}
