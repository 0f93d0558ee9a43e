import { unreadOf } from '../../core/unread.ts';
import type { GroupStatus } from '../../protocol/entities.ts';
import { floorOf, type Service } from '../service.ts';
import type { Membership } from '../store/members.ts';

/** A group as it stands in its member's list. */
export function toGroupStatus(service: Service, { group, member }: Membership): GroupStatus {
  const floor = floorOf(service, group);
  const { groupId, name, tracking, lastSeq, lastMessage } = group;
  const isVisible = lastMessage && lastSeq > floor && lastSeq >= member.from;
  return {
    groupId,
    name,
    role: member.role,
    tracking,
    lastSeq,
    ...unreadOf(member, group, floor),
    ...(isVisible && { lastMessage }),
  };
}
