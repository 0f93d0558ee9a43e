import { type Message, type SeenbyClient, SeenbyError } from '../client/index.ts';

/** What is done without a connection, so that nobody is pushed hundreds of messages in a row. */

export interface NewGroup {
  groupId: string;
  name: string;
  memberIds: readonly string[];
  kind?: 'direct';
  tracking?: 'receipts' | 'positions';
  visibility?: 'members' | 'sender';
  historyForNewMembers?: number;
}

/** Makes a group; false when there is one, as an earlier run may have made it. */
export async function makeGroup(owner: SeenbyClient, group: NewGroup): Promise<boolean> {
  try {
    await owner.request('POST', '/groups', group);
    return true;
  } catch (error) {
    if (error instanceof SeenbyError && error.code === 'CONFLICT') return false;
    throw error;
  }
}

/** False when the user was a member already. */
export async function addMember(
  owner: SeenbyClient,
  groupId: string,
  userId: string,
  role: 'admin' | 'member',
): Promise<boolean> {
  const { added } = await owner.request<{ added: string[] }>('POST', `/groups/${groupId}/members`, {
    memberIds: [userId],
    role,
  });
  return added.length > 0;
}

/** Answers the message's seq. */
export async function post(
  sender: SeenbyClient,
  groupId: string,
  content: string,
  mentions?: readonly string[],
): Promise<number> {
  const body = { clientMessageId: crypto.randomUUID(), content, ...(mentions && { mentions }) };
  const path = `/groups/${groupId}/messages`;
  const { message } = await sender.request<{ message: Message }>('POST', path, body);
  return message.seq;
}

export async function markRead(reader: SeenbyClient, groupId: string, upTo: number): Promise<void> {
  if (upTo > 0) await reader.request('POST', `/groups/${groupId}/read`, { upTo });
}
