import type { GroupHandle, Message, ReceiptLine } from '@seenby/client';

/** The newest message of a user before another message, among the last 100, without what was asked of a bot. */
export async function lastMessageOf(
  group: GroupHandle,
  userId: string,
  before: number,
): Promise<Message | undefined> {
  const { messages } = await group.history({ before, limit: 100 });
  const isMeant = ({ senderId, recalled, content }: Message) =>
    senderId === userId && !recalled && !content.startsWith('/');
  return messages.findLast(isMeant);
}

export const namesOf = (members: readonly ReceiptLine[]): string =>
  members.map(({ name, userId }) => name ?? userId).join(', ');
