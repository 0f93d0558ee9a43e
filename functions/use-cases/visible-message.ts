import type { Message } from '../../protocol/entities.ts';
import { floorOf, type Service } from '../service.ts';
import type { Membership } from '../store/members.ts';

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
