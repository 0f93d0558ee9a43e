import type { CountPushJob } from '../push/dispatch/push-job.ts';
import type { CountPushes } from '../store/count-pushes.ts';
import type { FanOut } from './fan-out.ts';
import { type CountPush, pushCounts } from './push-counts.ts';

const maxAttempts = 8;
/** The queue keeps delays of whole seconds. */
const maxEarlyMs = 1000;

/** Pushes the counts that a job was queued for, unless they have been pushed. MAY throw: then the job comes again. */
export async function pushDueCounts(fanOut: FanOut, job: CountPushJob): Promise<void> {
  const { service, memory, usage } = fanOut;
  // Until then whoever queued the job takes for granted that it has yet to read the members.
  const earlyMs = job.dueAt - service.clock();
  if (earlyMs > 0) await service.wait(Math.min(earlyMs, maxEarlyMs));
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const known = await service.countPushes.read(job.groupId);
    const push = pushOf(known, job);
    if (!push) return;
    if (await pushCounts(fanOut, job.groupId, push)) {
      return usage.addIfLate(memory.of(job.groupId).watchers, job.dueAt);
    }
  }
  throw new Error(`the pushes of a group changed ${maxAttempts} times, one after the other`);
}

/** A job comes again where its Lambda died. */
function pushOf(known: CountPushes, { dueAt }: CountPushJob): CountPush | undefined {
  const { due, unfinished, lastDueAt } = known;
  const own = due.find(({ at }) => at === dueAt);
  if (own) return { known, seqs: own.seqs, changes: [], dueAt };
  const hasDied = lastDueAt === dueAt && unfinished.length > 0;
  return hasDied ? { known, seqs: unfinished, changes: [], dueAt } : undefined;
}
