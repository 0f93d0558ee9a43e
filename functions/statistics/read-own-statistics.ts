import { dayMs, dayOf } from '@seenby/core/day.ts';
import { difference, has, intersect, setOfRange, union } from '@seenby/core/ranges/range-set.ts';
import { oldestKeptPeriod, periodsWithMessages } from '@seenby/core/retention.ts';
import {
  addReadings,
  type Reading,
  ReadingRollUp,
} from '@seenby/core/statistics/reading-roll-up.ts';
import { averageDelay } from '@seenby/core/statistics/statistics.ts';
import type { OwnStatistics } from '@seenby/protocol/http-answers.ts';
import pMap from 'p-map';
import { floorOf, type Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import type { CountedReadings } from '../store/stored-statistics.ts';
import { daysOfReadings } from './roll-up-group.ts';
import { readChunks, rollUpReading } from './roll-up-reading.ts';

const groupsAtOnce = 10;

/**
 * Days that are over come from the nightly count. What has been read of them since, and today, is
 * counted now.
 */
export async function readOwnStatistics(service: Service, userId: string): Promise<OwnStatistics> {
  const [stored, groupIds, leftIds] = await Promise.all([
    service.statistics.readingsOf(userId),
    service.members.groupIdsOf(userId),
    service.departures.of(userId),
  ]);
  const ids = [...new Set([...groupIds, ...leftIds])];
  const memberships = await service.members.formerMemberships(ids, userId);
  const counted = [...stored.values()].flatMap((each) => stillCounting(service, each));
  const since = await pMap(
    memberships,
    (each) => readingsSince(service, each, stored.get(each.group.groupId)),
    { concurrency: groupsAtOnce },
  );
  const sum = addReadings([...counted, ...since.flat()]);
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

async function readingsSince(
  service: Service,
  membership: Membership,
  counted: CountedReadings | undefined,
): Promise<Readonly<Reading>[]> {
  const after = await readingsAfter(service, membership, counted?.through);
  return counted ? [...after, await readSince(service, membership, counted)] : after;
}

async function readingsAfter(
  service: Service,
  { group, member }: Membership,
  through = 0,
): Promise<Readonly<Reading>[]> {
  const { retentionDays } = service;
  const now = service.clock();
  const span = { fromMs: Math.max(firstDay(service), through + 1) * dayMs, toMs: now };
  const oldest = oldestKeptPeriod(now, retentionDays);
  const readings: Readonly<Reading>[] = [];
  for (const period of periodsWithMessages(group.periods, group.lastSeq, retentionDays)) {
    if (period.firstDay < oldest || period.endMs <= span.fromMs) continue;
    const days = await rollUpReading(service, group, [member], period, span);
    for (const rollUp of days.values()) readings.push(...rollUp.readings().values());
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
  const rollUp = new ReadingRollUp([member]);
  let recalled = 0;
  for await (const chunk of readChunks(service, group.groupId, [member], from, to)) {
    const recent = chunk.messages.filter(({ createdAt }) => dayOf(createdAt) >= firstDay(service));
    recalled += recent.filter(({ seq }) => has(gone, seq)).length;
    rollUp.add(
      recent.filter(({ seq }) => has(late, seq)),
      chunk.receiptEvents,
    );
  }
  return { ...addReadings(rollUp.readings().values()), messages: -recalled };
}
