import { dayMs, dayOf } from '../../core/day.ts';
import { addReadings, type Reading } from '../../core/reading-tally.ts';
import { oldestKeptStep, stepsOfMessages } from '../../core/retention.ts';
import { averageDelay } from '../../core/statistics.ts';
import type { Service } from '../service.ts';
import type { Membership } from '../store/members.ts';
import type { CountedReadings } from '../store/stored-statistics.ts';
import { daysOfReadings } from './count-group.ts';
import { tallyReading } from './tally-reading.ts';

/** How a user read the messages of others in thirty days, today included. */
export interface OwnStatistics {
  totalMessages: number;
  readMessages: number;
  unreadMessages: number;
  averageReadDelayMs: number | null;
}

const groupsAtOnce = 10;

/**
 * Days that are over come from the nightly count, with what had been read of them by then; today,
 * and whatever has not been counted yet, is counted now.
 */
export async function readOwnStatistics(service: Service, userId: string): Promise<OwnStatistics> {
  const [stored, groupIds] = await Promise.all([
    service.statistics.readingsOf(userId),
    service.members.groupIdsOf(userId),
  ]);
  const memberships = await service.members.memberships(groupIds, userId, 'strong');
  const readings = [...stored.values()].flatMap((counted) => stillCounting(service, counted));
  const queue = memberships.filter((membership) => membership !== undefined).values();
  const lane = async () => {
    for (const membership of queue) {
      const through = stored.get(membership.group.groupId)?.through;
      readings.push(...(await readingsAfter(service, membership, through)));
    }
  };
  await Promise.all(Array.from({ length: groupsAtOnce }, lane));
  const sum = addReadings(readings);
  return {
    totalMessages: sum.messages,
    readMessages: sum.read,
    unreadMessages: sum.messages - sum.read,
    averageReadDelayMs: averageDelay(sum),
  };
}

const firstDay = (service: Service): number => dayOf(service.clock()) - daysOfReadings + 1;

const stillCounting = (service: Service, { byDay }: CountedReadings): Readonly<Reading>[] =>
  [...byDay].filter(([day]) => day >= firstDay(service)).map(([, reading]) => reading);

async function readingsAfter(
  service: Service,
  { group, member }: Membership,
  through = 0,
): Promise<Readonly<Reading>[]> {
  const { retentionDays } = service;
  const now = service.clock();
  const span = { fromMs: Math.max(firstDay(service), through + 1) * dayMs, toMs: now };
  const oldest = oldestKeptStep(now, retentionDays);
  const readings: Readonly<Reading>[] = [];
  for (const step of stepsOfMessages(group.steps, group.lastSeq, retentionDays)) {
    if (step.step < oldest || step.endMs <= span.fromMs) continue;
    const days = await tallyReading(service, group, [member], step, span);
    for (const tally of days.values()) readings.push(...tally.readings().values());
  }
  return readings;
}
