import type { Message } from '@seenby/protocol/entities.ts';
import type { Membership } from '../store/members.ts';
import { floorOf, type Service } from './service.ts';

/** A message, unless it is not there, was lost, has expired or is from before the membership. */
export async function visibleMessage(
  service: Service,
  { group, member }: Membership,
  seq: number,
): Promise<Message | undefined> {
  if (seq > group.lastSeq || seq < member.from || seq <= floorOf(service, group)) return undefined;
  const stored = await service.messages.get(group.groupId, seq);
  return stored?.tombstone ? undefined : stored?.message;
}
