import { dayMs, dayOf } from '@seenby/core/day.ts';
import type { GroupState } from '@seenby/core/group.ts';
import { foldFloorOf, isForgettable } from '@seenby/core/members/fold-member.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { emptySet, union } from '@seenby/core/ranges/range-set.ts';
import {
  hiddenPeriods,
  periodsWithMessages,
  type RetentionPeriod,
} from '@seenby/core/retention.ts';
import type { ReadingRollUp } from '@seenby/core/statistics/reading-roll-up.ts';
import { countDay } from '@seenby/core/statistics/statistics.ts';
import type { Service } from '../service/service.ts';
import type { CountedReadings } from '../store/stored-statistics.ts';
import { rollUpReading } from './roll-up-reading.ts';

/** Days, today included, that the statistics of a user go back. */
export const daysOfReadings = 30;

type NewReadings = Pick<CountedReadings, 'byDay' | 'unread'>;
type ReadingsByUser = Map<string, NewReadings>;

/**
 * Counts the days of a group before today again: those a user's statistics go back to, as far as
 * their receipts are still there. A day counted twice is the same twice.
 */
export async function rollUpGroup(service: Service, groupId: string): Promise<void> {
  const group = await service.groups.get(groupId);
  if (!group) return;
  const today = dayOf(service.clock());
  const members = await service.members.ofGroup(groupId, 'strong');
  const span = { fromMs: (today - daysOfReadings) * dayMs, toMs: today * dayMs - 1 };
  const counted = new Set<number>();
  const readings: ReadingsByUser = new Map();
  for (const period of periodsWithReceipts(service, group)) {
    if (period.endMs <= span.fromMs || period.startMs > span.toMs) continue;
    for (const [day, rollUp] of await rollUpReading(service, group, members, period, span)) {
      counted.add(day);
      await storeDay(service, group, day, rollUp);
      collect(readings, members, day, rollUp);
    }
  }
  await storeReadings(service, groupId, members, readings, counted);
  const floor = foldFloorOf(group);
  await service.members.forget(
    groupId,
    members.filter((member) => isForgettable(member, floor)),
  );
}

/** Counts the days of a period for the last time, before its receipts go. */
export async function rollUpPeriod(
  service: Service,
  group: GroupState,
  members: readonly MemberState[],
  period: RetentionPeriod,
): Promise<void> {
  const span = { fromMs: period.startMs, toMs: period.endMs - 1 };
  for (const [day, rollUp] of await rollUpReading(service, group, members, period, span)) {
    await storeDay(service, group, day, rollUp);
  }
}

function periodsWithReceipts(
  service: Service,
  { periods, lastSeq }: GroupState,
): RetentionPeriod[] {
  const [newestHidden = 0] = hiddenPeriods(service.clock(), service.retentionDays);
  return periodsWithMessages(periods, lastSeq, service.retentionDays).filter(
    ({ firstDay }) => firstDay >= newestHidden,
  );
}

/** Of a direct chat nothing is kept: whether the two see receipts may change by the hour. */
async function storeDay(
  service: Service,
  { groupId, kind }: GroupState,
  day: number,
  rollUp: ReadingRollUp,
): Promise<void> {
  if (kind === 'group') await service.statistics.putDay(groupId, day, countDay(rollUp).day);
}

const nothingYet: NewReadings = { byDay: new Map(), unread: emptySet };

function collect(
  readings: ReadingsByUser,
  members: readonly MemberState[],
  day: number,
  rollUp: ReadingRollUp,
): void {
  const byOrdinal = rollUp.readings();
  for (const member of members) {
    const { userId, ordinal } = member;
    const reading = byOrdinal.get(ordinal);
    if (!reading || reading.messages === 0) continue;
    const { byDay, unread } = readings.get(userId) ?? nothingYet;
    readings.set(userId, {
      byDay: new Map(byDay).set(day, reading),
      unread: union(unread, rollUp.unreadBy(member)),
    });
  }
}

/** Days whose receipts are gone keep the numbers they had; those beyond the thirty go. */
async function storeReadings(
  service: Service,
  groupId: string,
  members: readonly MemberState[],
  readings: ReadingsByUser,
  counted: ReadonlySet<number>,
): Promise<void> {
  const userIds = members.map(({ userId }) => userId);
  const before = await service.statistics.readingsIn(groupId, userIds);
  const today = dayOf(service.clock());
  const after = new Map<string, CountedReadings>();
  for (const userId of userIds) {
    const known = before.get(userId);
    const kept = [...(known?.byDay ?? [])].filter(
      ([day]) => !counted.has(day) && day >= today - daysOfReadings,
    );
    const { byDay: found, unread } = readings.get(userId) ?? nothingYet;
    const byDay = new Map([...kept, ...found]);
    if (known || byDay.size > 0) after.set(userId, { byDay, through: today - 1, unread });
  }
  await service.statistics.putReadings(groupId, after);
}
