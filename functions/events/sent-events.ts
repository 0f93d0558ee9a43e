import type { GroupState } from '@seenby/core/group.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import { maxMembersNamed, type ServiceEvent } from '@seenby/protocol/events/service-events.ts';
import type { Service } from '../service/service.ts';
import { notConnected } from './not-connected.ts';

/** Of each group the members are looked up once, whatever was sent in it. */
export async function sentEvents(
  service: Service,
  messages: readonly Message[],
  groups: ReadonlyMap<string, GroupState>,
): Promise<ServiceEvent[]> {
  const byGroup = Map.groupBy(messages, ({ groupId }) => groupId);
  const events = [...byGroup].map(async ([groupId, sent]) => {
    const away = await whoIsAway(service, groupId, groups.get(groupId));
    return sent.map((message) => toEvent(message, away));
  });
  return (await Promise.all(events)).flat();
}

/** Undefined for a group that is too large to look at every time. Nobody is left in one that is deleted. */
async function whoIsAway(
  service: Service,
  groupId: string,
  group: GroupState | undefined,
): Promise<string[] | undefined> {
  if (!group) return [];
  if (group.places > maxMembersNamed) return undefined;
  return notConnected(service, await service.members.presentIn(groupId));
}

const toEvent = (message: Message, away: readonly string[] | undefined): ServiceEvent => ({
  type: 'message.sent',
  detail: {
    version: 1,
    message,
    ...(away && { notConnected: away.filter((userId) => userId !== message.senderId) }),
  },
});
