import { localToken, SeenbyServer } from '@seenby/server';
import { membersOf, messagesIn, type Room, setSeq, type User } from './database.ts';
import { show } from './sockets.ts';

const url = 'http://localhost:3000';
const seenby = new SeenbyServer({ url, getToken: () => localToken(url) });

export const tokenOf = ({ id: userId, name }: User) => localToken(url, { userId, name });

export async function keepMembersInStep({ id: groupId, name, madeBy: ownerId }: Room) {
  const memberIds = membersOf(groupId).map(({ id }) => id);
  await seenby.setGroup({ groupId, name, ownerId, memberIds });
  await postMessages(groupId);
}

export async function postMessages(groupId: string) {
  for (const message of messagesIn(groupId).filter(({ seq }) => seq === null)) {
    if (!membersOf(groupId).some(({ id }) => id === message.userId)) continue;
    const { seq } = await seenby.as(message.userId).send(groupId, { clientMessageId: message.id });
    setSeq(message.id, seq);
    show({ ...message, seq });
  }
}
