import {
  presentMember,
  type ReferenceChat,
  type ReferenceGroup,
} from '../../../../support/reference/reference-chat.ts';
import { positionsFor } from '../../../../support/reference/reference-positions.ts';
import type { ServedChat } from '../served-chat.ts';
import { expectSame } from './expect-same.ts';
import { callOn, expectRefused } from './group-call.ts';

export async function checkPositions(
  served: ServedChat,
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
): Promise<void> {
  const reply = await served.look(userId, callOn(group, 'GET /groups/{groupId}/positions'));
  const what = `${userId}: positions in ${group.groupId}`;
  const member = presentMember(group, userId);
  if (!member) return expectRefused(served, reply, 'NOT_FOUND', what);
  const isFor = { members: true, admins: member.role !== 'member', sender: false };
  const mayAsk = group.tracking === 'receipts' && isFor[group.visibility];
  if (!mayAsk) return expectRefused(served, reply, 'FORBIDDEN', what);
  const members = positionsFor(chat, group, member);
  const page = reply.ok ? { ...reply.value, version: 0 } : reply;
  expectSame(page, { version: 0, members, next: null }, what);
  served.compared.note('positions of members', members.length);
  const withTime = members.filter(({ lastReadAt }) => lastReadAt !== undefined);
  served.compared.note('times of last reads', withTime.length);
}
