import { ownStateOf } from '@seenby/core/reading/own-state.ts';
import type { GroupStatus } from '@seenby/protocol/entities.ts';
import { floorOf, type Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';

/** A group as it stands in its member's list. */
export function toGroupStatus(service: Service, { group, member }: Membership): GroupStatus {
  const floor = floorOf(service, group);
  const { name, tracking, visibility, lastMessage } = group;
  const isVisible = lastMessage && lastMessage.seq > floor && lastMessage.seq >= member.from;
  return {
    ...ownStateOf(member, group, floor),
    name,
    role: member.role,
    tracking,
    visibility,
    ...(isVisible && { lastMessage }),
  };
}
