import { toMessageId } from '@seenby/protocol/ids/message-id.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { changeReadReceipts } from '../../../functions/receipts/change-read-receipts.ts';
import { countReceipts } from '../../../functions/receipts/count-receipts.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { markPlayed } from '../../../functions/receipts/mark-played.ts';
import { eachSeq } from '../../support/each-seq.ts';
import { Conversation } from '../../support/service/conversation.ts';

let talk: Conversation;

beforeEach(async () => {
  talk = await Conversation.open(['ann', 'bob'], { kind: 'direct' });
});

const setReceipts = (userId: string, readReceipts: boolean) =>
  changeReadReceipts(talk.service, userId, { readReceipts });

/** Reads up to a message with receipts off, and puts them on again at once. */
async function readSecretly(userId: string, upTo: number): Promise<void> {
  await setReceipts(userId, false);
  await read(userId, upTo);
  await setReceipts(userId, true);
}

/** Whether the authors are told. */
async function read(userId: string, upTo: number): Promise<boolean> {
  talk.wait(1000);
  const { service, groupId } = talk;
  const marked = await markOneGroup(service, { userId }, 'read', { groupId, upTo });
  if (!marked.ok) throw new Error(marked.problem.code);
  return marked.pushes.some(({ to }) => to === 'authors');
}

/** For each of their own messages whether the other one has read it. */
async function shownTo(userId: string): Promise<boolean[]> {
  const { service, groupId } = talk;
  const { lastSeq = 0 } = (await service.groups.get(groupId)) ?? {};
  const answer = await countReceipts(service, { userId }, { groupId, from: 1, to: lastSeq });
  if (!answer.ok) throw new Error(answer.problem.code);
  const senders = await service.messages.senders(groupId, 1, lastSeq);
  return [...eachSeq(answer.value.counts)].flatMap(([seq, { readCount }]) =>
    senders.get(seq) === userId ? [readCount === 2] : [],
  );
}

describe('[TR4] [TR6] who switches receipts off around each read', () => {
  it('gives none, and gets none for it', async () => {
    for (let seq = 1; seq < 6; seq += 2) {
      await talk.say('ann');
      await readSecretly('bob', seq);
      await talk.say('bob');
      expect(await read('ann', seq + 1)).toBe(false);
    }
    const none = [false, false, false];
    expect([await shownTo('ann'), await shownTo('bob')]).toEqual([none, none]);
  });

  it('gets receipts again once they have given one; what was read meanwhile stays private', async () => {
    await talk.say('ann');
    await readSecretly('bob', 1);
    await talk.say('bob');
    await read('ann', 2);
    await talk.say('ann');
    expect(await read('bob', 3)).toBe(true);
    await talk.say('bob');
    expect(await read('ann', 4)).toBe(true);
    expect(await shownTo('ann')).toEqual([false, true]);
    expect(await shownTo('bob')).toEqual([false, true]);
  });

  it('does not give one by playing what they had read', async () => {
    const { service, groupId } = talk;
    await sendMessage(
      service,
      { userId: 'ann' },
      { groupId, clientMessageId: 'v', content: '', messageType: 'voice' },
    );
    await readSecretly('bob', 1);
    await markPlayed(service, { userId: 'bob' }, toMessageId({ groupId, seq: 1 }));
    await talk.say('bob');
    expect(await read('ann', 2)).toBe(false);
  });

  it('does not hold back what they give: the other one reads on as they like', async () => {
    await talk.say('ann');
    await setReceipts('bob', false);
    await talk.say('bob');
    // Private because of bob: that is nothing ann withholds.
    await read('ann', 2);
    await setReceipts('bob', true);
    expect(await read('bob', 1)).toBe(true);
    await talk.say('bob');
    expect(await read('ann', 3)).toBe(true);
  });
});
