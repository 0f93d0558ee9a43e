import { dayOf } from '../../core/day.ts';
import { daysOfStep, hiddenSteps } from '../../core/retention.ts';
import type { StepArchive } from '../archive/step-archive.ts';
import { logFault } from '../log.ts';
import type { Service } from '../service.ts';
import { activityShards, type Task } from '../store/activity.ts';
import { countGroup } from './count-group.ts';
import { windUpStep } from './wind-up-step.ts';

/** Something to do once for each group that was active on one of some days. */
interface Job {
  task: Task;
  days: readonly number[];
  run(groupId: string): Promise<void>;
}

export interface DailyOutcome {
  handled: number;
  /** Tried, and left for the next run. */
  failed: number;
  /** No time was left for the rest: the next run goes on. */
  unfinished: boolean;
}

export interface Daily {
  service: Service;
  archive: StepArchive | undefined;
  remainingMs: () => number;
}

/** One group at a time of each of them. */
const shardsAtOnce = 8;
/** The largest group takes less. */
const reserveMs = 180_000;
/** Nights that may be missed before a day stays uncounted. */
const nightsBack = 3;

/**
 * Counts what happened on the days before today, and winds up what retention has hidden. Each
 * group is noted as done by itself, so a run may end anywhere, fail in places, or come twice.
 */
export async function runDaily(daily: Daily): Promise<DailyOutcome> {
  const outcome: DailyOutcome = { handled: 0, failed: 0, unfinished: false };
  for (const job of jobsOf(daily)) {
    const shards = Array.from({ length: activityShards }, (_, shard) => shard).values();
    const lane = async () => {
      for (const shard of shards) await runShard(daily, job, shard, outcome);
    };
    await Promise.all(Array.from({ length: shardsAtOnce }, lane));
  }
  return outcome;
}

/** What is about to be deleted comes first. */
function jobsOf({ service, archive }: Daily): Job[] {
  const now = service.clock();
  const { retentionDays } = service;
  const windUps = hiddenSteps(now, retentionDays).map((step) => ({
    task: 'expired' as const,
    days: daysOfStep(step, retentionDays),
    run: (groupId: string) => windUpStep(service, archive, groupId, step),
  }));
  const count = {
    task: 'counted' as const,
    days: Array.from({ length: nightsBack }, (_, i) => dayOf(now) - nightsBack + i),
    run: (groupId: string) => countGroup(service, groupId),
  };
  return [...windUps.reverse(), count];
}

async function runShard(
  { service, remainingMs }: Daily,
  { task, days, run }: Job,
  shard: number,
  outcome: DailyOutcome,
): Promise<void> {
  const open = await Promise.all(days.map((day) => service.activity.open(day, shard, task)));
  for (const [groupId, noted] of Map.groupBy(open.flat(), (each) => each.groupId)) {
    if (remainingMs() < reserveMs) {
      outcome.unfinished = true;
      return;
    }
    try {
      await run(groupId);
      for (const each of noted) await service.activity.settle(each, task);
      outcome.handled++;
    } catch (error) {
      logFault('a group could not be wound up for the day', error, { task, groupId });
      outcome.failed++;
    }
  }
}
