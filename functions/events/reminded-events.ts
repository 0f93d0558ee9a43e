import { chunks } from '@seenby/core/chunks.ts';
import { has } from '@seenby/core/ranges/range-set.ts';
import type { NotedReminder } from '@seenby/core/reading/reminders.ts';
import { maxRemindedNamed, type ServiceEvent } from '@seenby/protocol/events/service-events.ts';
import { toMessageId } from '@seenby/protocol/ids/message-id.ts';
import { unreadReaders, whoIsTold } from '../receipts/reminded-readers.ts';
import type { Service } from '../service/service.ts';
import type { AddedReminders } from '../stream/noted-reminders.ts';
import { notConnected } from './not-connected.ts';

/** Whom each reminder is told to, and who of them is not connected; whoever has read meanwhile is not among them. */
export async function remindedEvents(
  service: Service,
  changes: readonly AddedReminders[],
): Promise<ServiceEvent[]> {
  const all = changes.flatMap((change) =>
    change.added.map((reminder) => eventsOf(service, change, reminder)),
  );
  return (await Promise.all(all)).flat();
}

async function eventsOf(
  service: Service,
  { groupId, before }: AddedReminders,
  reminder: NotedReminder,
): Promise<ServiceEvent[]> {
  const told = await whoSeemsTold(service, groupId, reminder, before);
  const { seq, fromUserId } = reminder;
  const messageId = toMessageId({ groupId, seq });
  return Promise.all(
    chunks(told, maxRemindedNamed).map(async (userIds) => ({
      type: 'message.reminded' as const,
      detail: {
        ...{ version: 1 as const, groupId, messageId, seq, fromUserId, userIds },
        notConnected: await notConnected(service, userIds),
      },
    })),
  );
}

/** As far as the one who reminds may know: an event tells nobody of a private reading. */
async function whoSeemsTold(
  service: Service,
  groupId: string,
  reminder: NotedReminder,
  before: readonly NotedReminder[],
): Promise<string[]> {
  const group = await service.groups.get(groupId);
  if (!group) return [];
  const { seq, fromUserId, chosen } = reminder;
  const readers = await unreadReaders(service, { groupId, userId: fromUserId }, group, { seq });
  const addressed = readers.filter(({ real }) => !chosen || has(chosen, real.ordinal));
  return whoIsTold(service, addressed, reminder, group, before).seemTold;
}
