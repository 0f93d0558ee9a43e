import { dayMs, dayOf } from '../../core/day.ts';
import type { GroupState } from '../../core/group.ts';
import type { MemberState } from '../../core/member.ts';
import { emptySet, union } from '../../core/range-set.ts';
import type { ReadingTally } from '../../core/reading-tally.ts';
import { hiddenSteps, type StepOfMessages, stepsOfMessages } from '../../core/retention.ts';
import { countDay } from '../../core/statistics.ts';
import type { Service } from '../service.ts';
import type { CountedReadings } from '../store/stored-statistics.ts';
import { tallyReading } from './tally-reading.ts';

/** Days, today included, that the statistics of a user go back. */
export const daysOfReadings = 30;

type NewReadings = Pick<CountedReadings, 'byDay' | 'unread'>;
type ReadingsByUser = Map<string, NewReadings>;

/**
 * Counts the days of a group before today again: those a user's statistics go back to, as far as
 * their receipts are still there. A day counted twice is the same twice.
 */
export async function countGroup(service: Service, groupId: string): Promise<void> {
  const group = await service.groups.get(groupId);
  if (!group) return;
  const today = dayOf(service.clock());
  const members = await service.members.ofGroup(groupId, 'strong');
  const span = { fromMs: (today - daysOfReadings) * dayMs, toMs: today * dayMs - 1 };
  const counted = new Set<number>();
  const readings: ReadingsByUser = new Map();
  for (const step of stepsWithReceipts(service, group)) {
    if (step.endMs <= span.fromMs || step.startMs > span.toMs) continue;
    for (const [day, tally] of await tallyReading(service, group, members, step, span)) {
      counted.add(day);
      await storeDay(service, group, day, tally);
      collect(readings, members, day, tally);
    }
  }
  await storeReadings(service, groupId, members, readings, counted);
}

/** Counts the days of a step for the last time, before its receipts go. */
export async function countStep(
  service: Service,
  group: GroupState,
  members: readonly MemberState[],
  step: StepOfMessages,
): Promise<void> {
  const span = { fromMs: step.startMs, toMs: step.endMs - 1 };
  for (const [day, tally] of await tallyReading(service, group, members, step, span)) {
    await storeDay(service, group, day, tally);
  }
}

function stepsWithReceipts(service: Service, { steps, lastSeq }: GroupState): StepOfMessages[] {
  const [newestHidden = 0] = hiddenSteps(service.clock(), service.retentionDays);
  return stepsOfMessages(steps, lastSeq, service.retentionDays).filter(
    ({ step }) => step >= newestHidden,
  );
}

/** Of a direct chat nothing is kept: whether the two see receipts may change by the hour. */
async function storeDay(
  service: Service,
  { groupId, kind }: GroupState,
  day: number,
  tally: ReadingTally,
): Promise<void> {
  if (kind === 'group') await service.statistics.putDay(groupId, day, countDay(tally).day);
}

const nothingYet: NewReadings = { byDay: new Map(), unread: emptySet };

function collect(
  readings: ReadingsByUser,
  members: readonly MemberState[],
  day: number,
  tally: ReadingTally,
): void {
  const byOrdinal = tally.readings();
  for (const member of members) {
    const { userId, ordinal } = member;
    const reading = byOrdinal.get(ordinal);
    if (!reading || reading.messages === 0) continue;
    const { byDay, unread } = readings.get(userId) ?? nothingYet;
    readings.set(userId, {
      byDay: new Map(byDay).set(day, reading),
      unread: union(unread, tally.unreadBy(member)),
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
