import type { Group, Message, Role } from '@seenby/protocol/entities.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import type { Conversation } from './conversation.ts';
import type { User } from './user.ts';

/** What is done to a group rather than in it; each rejects unless the answer is a success. */

export const addMembers = (by: User, { path }: Conversation, users: readonly User[], role?: Role) =>
  succeed<{ added: string[] }>(by, 'POST', `${path}/members`, {
    memberIds: users.map(({ userId }) => userId),
    ...(role && { role }),
  });

/** Somebody else, or oneself. */
export const removeMember = (by: User, { path }: Conversation, { userId }: User) =>
  succeed(by, 'DELETE', `${path}/members/${toPathSegment(userId)}`);

export const giveRole = (by: User, { path }: Conversation, { userId }: User, role: Role) =>
  succeed(by, 'PATCH', `${path}/members/${toPathSegment(userId)}`, { role });

export const changeSettings = (by: User, { path }: Conversation, settings: object) =>
  succeed<Group>(by, 'PATCH', path, settings);

export const recall = (by: User, { path }: Conversation, seq: number) =>
  succeed<{ message: Message }>(by, 'DELETE', `${path}/messages/${seq}`);

export const deleteGroup = (by: User, { path }: Conversation) => succeed(by, 'DELETE', path);

async function succeed<T>(by: User, method: string, path: string, sent?: object): Promise<T> {
  const { status, body } = await by.call<T>(method, path, sent);
  if (status < 300) return body;
  throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
}
