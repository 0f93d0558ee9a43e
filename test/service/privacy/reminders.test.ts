import { expect, it } from 'vitest';
import { remindUnread } from '../../../functions/messages/remind-unread.ts';
import { changeReadReceipts } from '../../../functions/receipts/change-read-receipts.ts';
import { Conversation } from '../../support/service/conversation.ts';

/** A direct chat in which the other one reads after each reminder with receipts off, or does not read. */
async function reminding(reader: 'reads' | 'does not') {
  const talk = await Conversation.open(['ann', 'bob'], { kind: 'direct' });
  const { service, groupId, opened } = talk;
  await service.connections.add({ userId: 'bob', connectionId: 'one' }, opened.time.now + 600_000);
  for (let i = 0; i < 3; i++) await talk.say('ann');
  await changeReadReceipts(service, 'bob', { readReceipts: false });
  const answers: unknown[] = [];
  const told: number[] = [];
  const remind = async (seq: number, userIds?: string[]) => {
    const reminded = await remindUnread(service, { userId: 'ann' }, groupId, { seq, userIds });
    if (!reminded.ok) throw new Error(reminded.problem.code);
    answers.push(reminded.value);
    told.push(
      ...reminded.pushes.flatMap((push) => ('userIds' in push ? push.userIds.map(() => seq) : [])),
    );
  };
  for (const [seq, userIds] of [[1], [2, ['bob']], [3]] as [number, string[]?][]) {
    await remind(seq, userIds);
    if (reader === 'reads') await talk.read('bob', seq);
  }
  talk.wait(5 * 60_000);
  await remind(1);
  return { answers, told };
}

it('[TR6] neither whom a reminder is for nor whom it reaches tells of a private reading', async () => {
  const { answers, told } = await reminding('does not');
  expect(answers).toEqual([1, 0, 0, 1].map((reached) => ({ reminded: 1, reached })));
  expect(told).toEqual([1, 1]);
  expect((await reminding('reads')).answers).toEqual(answers);
});

it('[PU5] who has read in private is told of what they have not read, and of nothing else', async () => {
  expect((await reminding('reads')).told).toEqual([1, 2, 3]);
});
