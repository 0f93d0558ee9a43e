/**
 * Reads along in all its groups. A message that somebody has not read after a while is one to remind them of.
 * `/unread` answers who has not read the last message of the one who asks.
 */
import { type GroupHandle, type Message, SeenbyClient } from '@seenby/client';
import { localToken } from '@seenby/server';
import { lastMessageOf, namesOf } from './look-up.ts';

const httpUrl = 'http://localhost:3000';
const remindAfterMs = Number(process.env.REMIND_AFTER_MS ?? 60_000);
const [groupId = 'lunch', ...memberIds] = process.argv.slice(2);

const client = new SeenbyClient({
  url: 'ws://localhost:3001',
  httpUrl,
  getToken: () => localToken(httpUrl, { userId: 'bot', name: 'Bot' }),
});
client.on('message', ({ groupId, message }) => {
  receive(client.group(groupId), message).catch(console.error);
});

async function receive(group: GroupHandle, message: Message): Promise<void> {
  group.markRead(message.seq);
  if (message.senderId === client.userId || message.recalled) return;
  if (message.content.trim() === '/unread') await answer(group, message);
  else setTimeout(() => remind(group, message.seq).catch(console.error), remindAfterMs);
}

async function answer(group: GroupHandle, { senderId, seq }: Message): Promise<void> {
  const asked = await lastMessageOf(group, senderId, seq);
  if (!asked) return void group.send('I know of no message of yours.');
  const { members } = await group.listReaders(asked.seq, { state: 'unread' });
  const names = namesOf(members.filter(({ userId }) => userId !== client.userId));
  await group.send(`“${asked.content}”: ${names ? `not yet read by ${names}` : 'read by all'}`);
}

/** The owner of a group may remind of any message in it. The bot is the owner of the group it makes. */
async function remind(group: GroupHandle, seq: number): Promise<void> {
  const { members } = await group.listReaders(seq, { state: 'unread' });
  if (members.length === 0) return;
  await group.remindUnread(seq);
  console.log(`Reminded ${namesOf(members)} of message ${seq} in ${group.groupId}`);
}

await client.connect();
if (!client.group(groupId).status) {
  const members = memberIds.length > 0 ? memberIds : ['ann', 'bob', 'cat'];
  await client.createGroup({ groupId, name: groupId, memberIds: members });
}
console.log(`The bot reads along in ${groupId}. Ctrl-C ends it.`);
