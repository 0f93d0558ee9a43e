import { expect, it } from 'vitest';
import { uniqueId } from '../../support/wire/service.ts';
import { User } from '../../support/wire/user.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';
import { copyExample, runExample } from './run-example.ts';

const say = (screen: WireClient, groupId: string, content: string) =>
  screen.ask('message_sent', {
    ...{ type: 'send_message', groupId, content, clientMessageId: uniqueId('m') },
  });

const answerOf = (screen: WireClient) =>
  screen.next('new_message', ({ message }) => message.senderId === 'bot');

it('the bot reads along, reminds who has not read, and answers who that is', async () => {
  const [ann, bob] = (await User.createAll('ann', 'bob')) as [User, User];
  const groupId = uniqueId('team');
  const env = { REMIND_AFTER_MS: '500' };
  const members = [groupId, ann.userId, bob.userId];
  const bot = await runExample(copyExample('node-bot'), 'start', env, members);
  await bot.printed(`The bot reads along in ${groupId}`);
  const [annsScreen, bobsScreen] = [await ann.subscribe(groupId), await bob.subscribe(groupId)];

  const { message } = await say(annsScreen, groupId, 'Noon at the corner?');
  const { seq } = message;
  await annsScreen.next('read_status_update', ({ receipts = [] }) =>
    receipts.some(({ userId, kind }) => userId === 'bot' && kind === 'read'),
  );
  expect(await bobsScreen.next('unread_reminder')).toMatchObject({ seq, fromUserId: 'bot' });
  expect(await bot.printed('Reminded')).toBe(
    `Reminded ${bob.userId} of message ${seq} in ${groupId}`,
  );

  await say(annsScreen, groupId, '/unread');
  const unread = `“Noon at the corner?”: not yet read by ${bob.userId}`;
  expect((await answerOf(annsScreen)).message.content).toBe(unread);
  await bobsScreen.ask('mark_read_confirmed', { type: 'mark_read', groupId, upTo: seq });
  await say(annsScreen, groupId, '/unread');
  expect((await answerOf(annsScreen)).message.content).toBe('“Noon at the corner?”: read by all');
});
