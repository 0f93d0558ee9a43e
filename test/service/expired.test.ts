import { setOfRange } from '@seenby/core/ranges/range-set.ts';
import { describe, expect, it } from 'vitest';
import { readHistory } from '../../functions/messages/read-history.ts';
import { recallMessage } from '../../functions/messages/recall-message.ts';
import { remindUnread } from '../../functions/messages/remind-unread.ts';
import { sendMessage } from '../../functions/messages/send-message.ts';
import { countReceipts } from '../../functions/receipts/count-receipts.ts';
import { listReceipts } from '../../functions/receipts/list-receipts.ts';
import { markOneGroup } from '../../functions/receipts/mark-messages.ts';
import { markPlayed } from '../../functions/receipts/mark-played.ts';
import { markUnread } from '../../functions/receipts/mark-unread.ts';
import { Cursors } from '../../functions/store/cursors.ts';
import { listUnread } from '../../functions/sync/list-unread.ts';
import { syncChanges } from '../../functions/sync/sync-changes.ts';
import { Conversation } from '../support/service/conversation.ts';

const bob = { userId: 'bob' };
const groupId = 'team';

/** Messages 1 and 2 (voice) have expired and are still in the table; 3 and 4 are there to see. */
async function halfExpired(): Promise<Conversation> {
  const talk = await Conversation.open(['ann', 'bob'], { retentionDays: 2 });
  await talk.say('ann');
  const input = { groupId, clientMessageId: 'voice', content: 'hm', mentions: ['bob'] };
  await sendMessage(talk.service, { userId: 'ann' }, { ...input, messageType: 'voice' });
  talk.until(2, '10:00');
  await talk.say('ann');
  await talk.say('ann');
  talk.until(1, '00:00');
  expect(await talk.service.messages.get(groupId, 1)).toBeDefined();
  return talk;
}

describe('[RT1] what has expired and is not deleted yet', () => {
  it('is not in the history, whichever way it is paged', async () => {
    const { service } = await halfExpired();
    for (const page of [{}, { after: 0 }, { after: 1 }, { before: 5 }]) {
      const history = await readHistory(service, bob, { groupId, ...page });
      expect(history.ok && history.value.messages.map(({ seq }) => seq)).toEqual([3, 4]);
    }
    const older = await readHistory(service, bob, { groupId, before: 3 });
    expect(older).toMatchObject({ ok: true, value: { messages: [] } });
  });

  it('has no counts, no list, and is not counted as unread or as a mention', async () => {
    const { service, opened } = await halfExpired();
    const counts = await countReceipts(service, bob, { groupId, from: 1, to: 4 });
    expect(counts).toMatchObject({ ok: true, value: { counts: [{ fromSeq: 3, toSeq: 4 }] } });
    const cursors = new Cursors(opened.table);
    const list = await listReceipts(service, cursors, bob, { groupId, seq: 2 });
    expect(list).toMatchObject({ ok: false, problem: { code: 'NOT_FOUND' } });
    const unread = await listUnread(service, 'bob', 'strong');
    expect(unread.groups).toMatchObject([{ unreadCount: 2, mentionCount: 0, readSeq: 2 }]);
    const sync = await syncChanges(service, cursors, bob, undefined);
    expect(sync).toMatchObject({
      value: { groups: [{ unreadCount: 2, counts: [{ fromSeq: 3, toSeq: 4 }] }] },
    });
  });

  it('cannot be played, recalled or reminded of', async () => {
    const { service } = await halfExpired();
    const ann = { userId: 'ann' };
    const refused = { ok: false, problem: { code: 'NOT_FOUND' } };
    expect(await markPlayed(service, bob, 'team.2')).toMatchObject(refused);
    expect(await recallMessage(service, ann, groupId, 2)).toMatchObject(refused);
    expect(await remindUnread(service, ann, groupId, { seq: 2 })).toMatchObject(refused);
  });

  it('is told to no author when somebody reads past it', async () => {
    const { service } = await halfExpired();
    const marked = await markOneGroup(service, bob, 'read', { groupId, upTo: 4 });
    if (!marked.ok) throw new Error(marked.problem.message);
    const told = marked.pushes.find(({ to }) => to === 'authors');
    expect(told).toMatchObject({ seqs: [{ from: 3, to: 4 }] });
    const again = await markOneGroup(service, bob, 'read', { groupId, seqs: setOfRange(1, 1) });
    expect(again).toMatchObject({ value: { changed: false, state: { readSeq: 4 } } });
  });

  it('comes back by no unread mark', async () => {
    const { service } = await halfExpired();
    await markOneGroup(service, bob, 'read', { groupId, upTo: 4 });
    const marked = await markUnread(service, bob, groupId, 1);
    expect(marked).toMatchObject({ ok: true, value: { unreadCount: 2 } });
  });

  it('is no last message once all has expired, though positions stay', async () => {
    const talk = await halfExpired();
    await markOneGroup(talk.service, bob, 'read', { groupId, upTo: 3 });
    talk.until(2, '10:00');
    const { groups, totalUnreadCount } = await listUnread(talk.service, 'bob', 'strong');
    expect(totalUnreadCount).toBe(0);
    expect(groups).toMatchObject([{ lastSeq: 4, unreadCount: 0 }]);
    expect(groups[0]).not.toHaveProperty('lastMessage');
    const counts = await countReceipts(talk.service, bob, { groupId, from: 1, to: 4 });
    expect(counts).toMatchObject({ ok: true, value: { counts: [] } });
    expect(await talk.say('ann')).toBe(5);
    const after = await listUnread(talk.service, 'bob', 'strong');
    expect(after.groups).toMatchObject([{ unreadCount: 1, lastMessage: { seq: 5 } }]);
  });
});
