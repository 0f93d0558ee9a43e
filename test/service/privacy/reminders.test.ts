import { expect, it } from 'vitest';
import { remindUnread } from '../../../functions/messages/remind-unread.ts';
import { changeReadReceipts } from '../../../functions/receipts/change-read-receipts.ts';
import { Conversation } from '../../support/service/conversation.ts';

/** What who reminds is answered in a direct chat; the other one reads between with receipts off, or does not read. */
async function answersTo(reader: 'reads' | 'does not'): Promise<unknown[]> {
  const talk = await Conversation.open(['ann', 'bob'], { kind: 'direct' });
  const { service, groupId, opened } = talk;
  await service.connections.add({ userId: 'bob', connectionId: 'one' }, opened.time.now + 60_000);
  for (let i = 0; i < 3; i++) await talk.say('ann');
  await changeReadReceipts(service, 'bob', { readReceipts: false });
  const answers: unknown[] = [];
  for (const [seq, userIds] of [[1], [2, ['bob']], [3]] as const) {
    const reminded = await remindUnread(service, { userId: 'ann' }, groupId, { seq, userIds });
    answers.push(reminded.ok && reminded.value);
    if (reader === 'reads') await talk.read('bob', seq);
  }
  return answers;
}

it('[TR6] neither whom a reminder is for nor whom it reaches tells of a private reading', async () => {
  const answers = await answersTo('does not');
  expect(answers).toEqual([1, 0, 0].map((reached) => ({ reminded: 1, reached })));
  expect(await answersTo('reads')).toEqual(answers);
});
