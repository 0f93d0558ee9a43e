import { dayOf } from '@seenby/core/day.ts';
import { daysOfPeriod, hiddenPeriods } from '@seenby/core/retention.ts';
import pMap from 'p-map';
import { logFault, logWarning } from '../runtime/log.ts';
import type { Service } from '../service/service.ts';
import { rollUpGroup } from '../statistics/roll-up-group.ts';
import { activityShards, type Task } from '../store/activity.ts';
import { closePeriod } from './close-period.ts';
import type { PeriodArchive } from './period-archive.ts';

/** Something to do once for each group that was active on one of some days. */
interface Pass {
  task: Task;
  days: readonly number[];
  run(groupId: string): Promise<void>;
}

export interface MaintenanceOutcome {
  handled: number;
  /** Tried, and left for the next run. */
  failed: number;
  /** No time was left for the rest: the next run goes on. */
  unfinished: boolean;
}

export interface Maintenance {
  service: Service;
  archive: PeriodArchive | undefined;
  remainingMs: () => number;
}

/** One group at a time of each of them. */
const shardsAtOnce = 8;
/** The largest group takes less. */
const reserveMs = 180_000;
/** Days that are rolled up again: a run may be missed for as long. */
const daysBack = 3;

/**
 * Rolls up what happened on the days before today, and closes the periods that retention has hidden. Each
 * group is noted as done by itself, so a run may end anywhere, fail in places, or come twice.
 */
export async function runMaintenance(maintenance: Maintenance): Promise<MaintenanceOutcome> {
  const outcome: MaintenanceOutcome = { handled: 0, failed: 0, unfinished: false };
  for (const pass of passesOf(maintenance)) {
    const shards = Array.from({ length: activityShards }, (_, shard) => shard);
    const run = (shard: number) => runShard(maintenance, pass, shard, outcome);
    await pMap(shards, run, { concurrency: shardsAtOnce });
  }
  if (outcome.unfinished) logWarning('a run was not finished', { handled: outcome.handled });
  return outcome;
}

/** What is about to be deleted comes first. */
function passesOf({ service, archive }: Maintenance): Pass[] {
  const now = service.clock();
  const { retentionDays } = service;
  const closings = hiddenPeriods(now, retentionDays).map((period) => ({
    task: 'expired' as const,
    days: daysOfPeriod(period, retentionDays),
    run: (groupId: string) => closePeriod(service, archive, groupId, period),
  }));
  const rollUp = {
    task: 'counted' as const,
    days: Array.from({ length: daysBack }, (_, i) => dayOf(now) - daysBack + i),
    run: (groupId: string) => rollUpGroup(service, groupId),
  };
  return [...closings.reverse(), rollUp];
}

async function runShard(
  { service, remainingMs }: Maintenance,
  { task, days, run }: Pass,
  shard: number,
  outcome: MaintenanceOutcome,
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
      logFault('maintenance of a group failed', error, { task, groupId });
      outcome.failed++;
    }
  }
}
