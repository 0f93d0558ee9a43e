import { uniqueId } from '../../support/wire/service.ts';
import type { User } from '../../support/wire/user.ts';

/** A group of these users that is tracked by receipts; the first one owns it. */
export async function makeGroup(owner: User, ...members: User[]): Promise<string> {
  const groupId = uniqueId('chat');
  const memberIds = members.map(({ userId }) => userId);
  await owner.post('/groups', { groupId, name: 'Lunch', memberIds, tracking: 'receipts' });
  return groupId;
}
