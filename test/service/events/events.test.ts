import type { MemberState } from '@seenby/core/members/member.ts';
import { leave } from '@seenby/core/members/membership.ts';
import { describe, expect, it } from 'vitest';
import { memberEvents } from '../../../functions/events/events-of.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { markPlayed } from '../../../functions/receipts/mark-played.ts';
import type { MemberChange } from '../../../functions/stream/member-change.ts';
import { aMember } from '../../support/fixtures/a-member.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { publishedOf } from './published.ts';

/** What the stream says of a member while something is done. */
async function changeOf(
  talk: Conversation,
  userId: string,
  act: () => Promise<unknown>,
): Promise<MemberChange> {
  const { groupId, service } = talk;
  const before = await service.members.get(groupId, userId);
  await act();
  const after = (await service.members.get(groupId, userId)) as MemberState;
  return { groupId, before, after, sequenceNumber: '1' };
}

const publishedFor = (talk: Conversation, changes: MemberChange[]) =>
  publishedOf(talk.service, { changes });

const read = (talk: Conversation, userId: string, upTo: number) => () =>
  markOneGroup(talk.service, { userId }, 'read', { groupId: talk.groupId, upTo });

describe('[EV1] message.read', () => {
  it('gathers what was read in a group in a stream batch', async () => {
    const talk = await Conversation.open(['ann', 'bob', 'cat']);
    const other = await Conversation.begin(talk.opened, 'other', ['ann', 'bob']);
    for (const each of [talk, talk, other]) await each.say('ann');
    const at = talk.opened.time.now;
    const changes = [
      await changeOf(talk, 'bob', read(talk, 'bob', 1)),
      await changeOf(talk, 'cat', read(talk, 'cat', 2)),
      await changeOf(talk, 'bob', read(talk, 'bob', 2)),
      await changeOf(other, 'bob', read(other, 'bob', 1)),
    ];
    const receipt = { kind: 'read', fromSeq: 1, toSeq: 1, at };
    expect(await publishedFor(talk, changes)).toEqual([
      {
        type: 'message.read',
        detail: {
          version: 1,
          groupId: 'team',
          receipts: [
            { ...receipt, userId: 'bob' },
            { ...receipt, userId: 'cat', toSeq: 2 },
            { ...receipt, userId: 'bob', fromSeq: 2, toSeq: 2 },
          ],
        },
      },
      {
        type: 'message.read',
        detail: { version: 1, groupId: 'other', receipts: [{ ...receipt, userId: 'bob' }] },
      },
    ]);
  });

  it('says of delivery nothing, of playing that it is read', async () => {
    const talk = await Conversation.open(['ann', 'bob']);
    const input = { groupId: 'team', clientMessageId: 'v', content: 'hm' };
    await sendMessage(talk.service, { userId: 'ann' }, { ...input, messageType: 'voice' });
    const deliver = () =>
      markOneGroup(talk.service, { userId: 'bob' }, 'delivered', { groupId: 'team', upTo: 1 });
    expect(await publishedFor(talk, [await changeOf(talk, 'bob', deliver)])).toEqual([]);
    const play = () => markPlayed(talk.service, { userId: 'bob' }, 'team.1');
    expect(await publishedFor(talk, [await changeOf(talk, 'bob', play)])).toMatchObject([
      { type: 'message.read', detail: { receipts: [{ userId: 'bob', kind: 'played' }] } },
    ]);
  });

  it('[TR1] [TR4] says nothing of a reading that is private', async () => {
    const talk = await Conversation.open(['ann', 'bob'], { kind: 'direct' });
    const quiet = await Conversation.begin(talk.opened, 'quiet', ['ann', 'bob'], {
      tracking: 'positions',
    });
    await talk.service.settings.change('bob', { readReceipts: false });
    for (const each of [talk, quiet]) {
      await each.say('ann');
      const change = await changeOf(each, 'bob', read(each, 'bob', 1));
      expect(change.after.receiptEvents).toHaveLength(1);
      expect(await publishedFor(each, [change])).toEqual([]);
    }
  });
});

describe('[EV1] member.changed', () => {
  const bob = aMember({ userId: 'bob' });
  const kinds = (before: MemberState | undefined, after: MemberState) =>
    memberEvents([{ groupId: 'team', before, after, sequenceNumber: '1' }]).map(
      ({ detail }) => 'change' in detail && `${detail.userId} ${detail.change} ${detail.role}`,
    );

  it.each<[string, MemberState | undefined, MemberState, string[]]>([
    ['joining', undefined, bob, ['bob joined member']],
    ['leaving', bob, leave(bob, 0), ['bob left member']],
    ['coming back', leave(bob, 0), { ...bob, role: 'admin' }, ['bob joined admin']],
    ['a promotion', bob, { ...bob, role: 'admin' }, ['bob role admin']],
    ['reading', bob, { ...bob, read: [{ from: 1, to: 1 }] }, []],
  ])('tells of %s', (_, before, after, expected) => {
    expect(kinds(before, after)).toEqual(expected);
  });
});
