import { uniqueId } from '../../support/wire/service.ts';
import type { User } from '../../support/wire/user.ts';

/** A group of these users that is tracked by receipts; the first one owns it. */
export async function makeGroup(owner: User, ...members: User[]): Promise<string> {
  const groupId = uniqueId('chat');
  const memberIds = members.map(({ userId }) => userId);
  await owner.post('/groups', { groupId, name: 'Lunch', memberIds, tracking: 'receipts' });
  return groupId;
}

export async function writeAs(user: User, groupId: string, content: string): Promise<void> {
  const clientMessageId = uniqueId('m');
  await user.post(`/groups/${groupId}/messages`, { clientMessageId, content });
}

/** `Line 1.`, `Line 2.` and so on, by each of them in turn. */
export async function writeLines(
  users: readonly [User, ...User[]],
  groupId: string,
  count: number,
): Promise<void> {
  for (let i = 1; i <= count; i++) {
    await writeAs(users[i % users.length] ?? users[0], groupId, `Line ${i}.`);
  }
}
