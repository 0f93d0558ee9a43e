import { Conversation } from './conversation.ts';

/** A group with so many messages of alice. */
export async function aliceWrote(count: number) {
  const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
  const messages = await conversation.sayMany(users[0], count);
  const messageIds = messages.map(({ messageId }) => messageId);
  return { conversation, users, messages, messageIds, groupId: conversation.groupId };
}

/** The ids of the messages with these seqs. */
export const pick = (ids: readonly string[], ...seqs: number[]): string[] =>
  seqs.map((seq) => ids[seq - 1] as string);
