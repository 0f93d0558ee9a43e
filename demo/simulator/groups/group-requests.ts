import { type SeenbyClient, SeenbyError } from '@seenby/client';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';

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
  const { added } = await owner.request<AnswerOf<'POST /groups/{groupId}/members'>>(
    'POST',
    `/groups/${toPathSegment(groupId)}/members`,
    {
      memberIds: [userId],
      role,
    },
  );
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
  const path = `/groups/${toPathSegment(groupId)}/messages`;
  const { message } = await sender.request<AnswerOf<'POST /groups/{groupId}/messages'>>(
    'POST',
    path,
    body,
  );
  return message.seq;
}

export async function markRead(reader: SeenbyClient, groupId: string, upTo: number): Promise<void> {
  if (upTo > 0) await reader.request('POST', `/groups/${toPathSegment(groupId)}/read`, { upTo });
}
