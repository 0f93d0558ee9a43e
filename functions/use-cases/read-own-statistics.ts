import { dayMs, dayOf } from '../../core/day.ts';
import { difference, has, intersect, setOfRange, union } from '../../core/range-set.ts';
import { addReadings, type Reading, ReadingTally } from '../../core/reading-tally.ts';
import { oldestKeptStep, stepsOfMessages } from '../../core/retention.ts';
import { averageDelay } from '../../core/statistics.ts';
import { floorOf, type Service } from '../service.ts';
import type { Membership } from '../store/members.ts';
import type { CountedReadings } from '../store/stored-statistics.ts';
import { daysOfReadings } from './count-group.ts';
import { readChunks, tallyReading } from './tally-reading.ts';

/** How a user read the messages of others in thirty days, today included. */
export interface OwnStatistics {
  totalMessages: number;
  readMessages: number;
  unreadMessages: number;
  averageReadDelayMs: number | null;
}

const groupsAtOnce = 10;

/**
 * Days that are over come from the nightly count. What has been read of them since, and today, is
 * counted now.
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
      const counted = stored.get(membership.group.groupId);
      readings.push(...(await readingsAfter(service, membership, counted?.through)));
      if (counted) readings.push(await readSince(service, membership, counted));
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

/** What the nightly count of a group does not know yet: what was read late, or recalled unread. */
async function readSince(
  service: Service,
  { group, member }: Membership,
  { unread }: CountedReadings,
): Promise<Reading> {
  const visible = intersect(unread, setOfRange(floorOf(service, group) + 1, group.lastSeq));
  const gone = intersect(visible, group.recalled);
  const late = difference(intersect(visible, member.read), gone);
  const changed = union(late, gone);
  const [from, to] = [changed[0]?.from ?? 1, changed.at(-1)?.to ?? 0];
  const tally = new ReadingTally([member]);
  let recalled = 0;
  for await (const chunk of readChunks(service, group.groupId, [member], from, to)) {
    const recent = chunk.messages.filter(({ createdAt }) => dayOf(createdAt) >= firstDay(service));
    recalled += recent.filter(({ seq }) => has(gone, seq)).length;
    tally.add(
      recent.filter(({ seq }) => has(late, seq)),
      chunk.moves,
    );
  }
  return { ...addReadings(tally.readings().values()), messages: -recalled };
}
