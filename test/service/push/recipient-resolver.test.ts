import { leave } from '@seenby/core/members/membership.ts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { addMembers } from '../../../functions/members/add-members.ts';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { remindUnread } from '../../../functions/messages/remind-unread.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { announcePresence } from '../../../functions/presence/announce-presence.ts';
import { announceTyping } from '../../../functions/presence/announce-typing.ts';
import type { ReceiptPush } from '../../../functions/push/recipients/push.ts';
import { markMessages } from '../../../functions/receipts/mark-messages.ts';
import { createService } from '../../../functions/service/service.ts';
import type { Connection } from '../../../functions/store/users/connections.ts';
import { aGroup } from '../../support/fixtures/a-group.ts';
import { aMessage } from '../../support/fixtures/a-message.ts';
import { PushHarness } from './push-harness.ts';

let harness: PushHarness;
beforeAll(async () => {
  harness = await PushHarness.open();
});

let groups = 0;
const names = ['ann', 'bob', 'cat', 'dan'];

/** A group of four, all connected, with users of its own. */
async function group(more: object = {}) {
  const number = ++groups;
  const [ann, bob, cat, dan] = names.map((name) => `${name}-${number}`) as [
    ...[string, string, string, string],
  ];
  const groupId = `group-${number}`;
  const talk = await harness.begin(groupId, [ann, bob, cat, dan], more);
  return { groupId, talk, ann, bob, cat, dan };
}

const mark = (groupId: string, reader: Connection, upTo: number) =>
  harness.deliver(markMessages(harness.service, reader, 'read', [{ groupId, upTo }]));

const typesTo = ({ connectionId }: Connection) =>
  harness.poster.to(connectionId).map(({ type }) => type);

/** As when the removal and the subscription crossed: the row says gone, the subscription stays. */
async function leaveQuietly(groupId: string, userId: string): Promise<void> {
  const row = await harness.service.members.get(groupId, userId);
  if (!row) throw new Error(`${userId} is no member`);
  await harness.service.members.change(groupId, row, (member) => ({
    write: leave(member, 0),
    result: undefined,
  }));
}

describe('what a reader causes', () => {
  it('[TR6] [PU5] an author who left and came back gets no receipts of what is hidden from them', async () => {
    const { groupId, talk, ann, bob, cat } = await group({ historyForNewMembers: 1 });
    for (const author of [cat, cat, cat]) await talk.say(author);
    await harness.deliver(removeMember(harness.service, { userId: ann }, groupId, cat));
    const again = { groupId, memberIds: [cat], role: 'member' } as const;
    await harness.deliver(addMembers(harness.service, { userId: ann }, again));
    const [reader, author] = [await harness.connect(bob), await harness.connect(cat)];
    await mark(groupId, reader, 2);
    await mark(groupId, reader, 3);
    expect(harness.poster.to(author.connectionId)).toMatchObject([
      { type: 'read_status_update', receipts: [{ userId: bob, fromSeq: 3, toSeq: 3 }] },
    ]);
  });

  it('[PU2] a receipt for each author, of their own messages, on all their devices', async () => {
    const { groupId, talk, ann, bob, cat } = await group();
    for (const author of [ann, cat, ann]) await talk.say(author);
    const [phone, tablet] = [await harness.connect(ann), await harness.connect(ann)];
    const [reader, author] = [await harness.connect(bob), await harness.connect(cat)];
    await mark(groupId, reader, 3);
    const receipt = (fromSeq: number) => ({
      ...{ userId: bob, kind: 'read', fromSeq, toSeq: fromSeq, at: harness.opened.time.now },
    });
    for (const device of [phone, tablet]) {
      const [update] = harness.framesTo(device, 'read_status_update');
      expect(update?.receipts).toEqual([receipt(1), receipt(3)]);
    }
    expect(harness.framesTo(author, 'read_status_update')[0]?.receipts).toEqual([receipt(2)]);
    expect(typesTo(reader)).toEqual([]);
  });

  it('[RD8] their position on their other devices', async () => {
    const { groupId, talk, ann, bob } = await group();
    await talk.say(ann);
    const [phone, tablet] = [await harness.connect(bob), await harness.connect(bob)];
    await mark(groupId, phone, 1);
    expect(harness.framesTo(tablet, 'read_position')).toMatchObject([
      { groupId, readSeq: 1, unreadCount: 0 },
    ]);
    expect(typesTo(phone)).toEqual([]);
  });

  it('[PU2] [RD8] all of it for each of two groups read in one request', async () => {
    const { groupId: first, talk, ann, bob } = await group();
    const other = await harness.begin(`${first}-too`, [ann, bob]);
    await talk.say(ann);
    await other.say(ann);
    const groupIds = [first, other.groupId];
    const [author, reader] = [await harness.connect(ann), await harness.connect(bob)];
    const tablet = await harness.connect(bob);
    const requests = groupIds.map((groupId) => ({ groupId, upTo: 1 }));
    await harness.deliver(markMessages(harness.service, reader, 'read', requests));
    const told = (frames: { groupId: string }[]) => frames.map(({ groupId }) => groupId).sort();
    expect(told(harness.framesTo(author, 'read_status_update'))).toEqual(groupIds);
    expect(told(harness.framesTo(tablet, 'read_position'))).toEqual(groupIds);
  });

  it('[PU5] nothing for an author who has left', async () => {
    const { groupId, talk, ann, bob, cat } = await group();
    await talk.say(cat);
    const [left, reader] = [await harness.connect(cat), await harness.connect(bob)];
    await removeMember(harness.service, { userId: ann }, groupId, cat);
    await mark(groupId, reader, 1);
    expect(typesTo(left)).toEqual([]);
  });

  it('[TR1] nothing for authors where positions are private', async () => {
    const { groupId, talk, ann, bob } = await group({ tracking: 'positions' });
    await talk.say(ann);
    const [author, reader] = [await harness.connect(ann), await harness.connect(bob)];
    await mark(groupId, reader, 1);
    expect(typesTo(author)).toEqual([]);
  });

  it('of a long read the newest 256 receipts', async () => {
    const { groupId, ann, bob } = await group();
    const author = await harness.connect(ann);
    for (let seq = 1; seq <= 300; seq++)
      await harness.service.messages.insert(aMessage(groupId, seq, ann));
    const push: ReceiptPush = {
      ...{ to: 'authors', readerId: bob, kind: 'read', at: 5 },
      group: aGroup({ groupId, lastSeq: 300 }),
      seqs: [{ from: 1, to: 300 }],
    };
    await harness.pusher.push([push]);
    const [update] = harness.framesTo(author, 'read_status_update');
    expect(update?.receipts).toMatchObject([{ fromSeq: 45, toSeq: 300 }]);
  });

  it('in a group of a thousand, every other receipt at once', async () => {
    const memberIds = Array.from({ length: 1000 }, (_, i) => `member-${i}`);
    const talk = await harness.begin('thousand', memberIds);
    await talk.say('member-0');
    const toldWith = async (random: number, userId: string) => {
      const { table, service } = harness.opened;
      const { clock, newId, retentionDays } = service;
      const drawn = createService({ table, clock, newId, retentionDays, random: () => random });
      const target = { groupId: 'thousand', upTo: 1 };
      const marked = await markMessages(drawn, { userId }, 'read', [target]);
      return marked.ok && marked.pushes.some(({ to }) => to === 'authors');
    };
    expect(await toldWith(0.49, 'member-1')).toBe(true);
    expect(await toldWith(0.51, 'member-2')).toBe(false);
  });
});

describe('who hears of a message', () => {
  it('[PU5] the members that are connected, and nobody else', async () => {
    const { groupId, ann, bob, cat, dan } = await group();
    const [sender, member, left] = [
      await harness.connect(ann),
      await harness.connect(bob),
      await harness.connect(dan, groupId),
    ];
    const outsider = await harness.connect(`eve-${groupId}`, groupId);
    await removeMember(harness.service, { userId: ann }, groupId, dan);
    const message = {
      groupId,
      clientMessageId: '1',
      content: 'Hello',
      messageType: 'text',
    } as const;
    await harness.deliver(sendMessage(harness.service, { userId: cat }, message));
    expect(typesTo(sender)).toEqual(['new_message']);
    expect(typesTo(member)).toEqual(['new_message']);
    expect(typesTo(left)).toEqual([]);
    expect(typesTo(outsider)).toEqual([]);
  });

  it('is no reason to refuse it: a push that fails is logged and no more', async () => {
    const { groupId, talk, ann } = await group();
    await talk.say(ann);
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const rows = vi.spyOn(harness.service.members, 'presentIn');
    rows.mockRejectedValueOnce(new Error('throttled'));
    const frame = { type: 'system_notification', groupId, text: 'Hello' } as const;
    await harness.pusher.push([{ to: 'members', groupId, frame }]);
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
    rows.mockRestore();
  });
});

describe('typing', () => {
  it('is told to whoever else has the group open, and is a member still', async () => {
    const { groupId, ann, bob, cat, dan } = await group();
    const typist = await harness.connect(ann, groupId);
    const tablet = await harness.connect(ann, groupId);
    const [watching, left] = [
      await harness.connect(bob, groupId),
      await harness.connect(dan, groupId),
    ];
    const elsewhere = await harness.connect(cat);
    await leaveQuietly(groupId, dan);
    await harness.deliver(announceTyping(harness.service, typist, groupId));
    expect(harness.framesTo(watching, 'typing_indicator')).toMatchObject([
      { groupId, userId: ann },
    ]);
    for (const other of [typist, tablet, left, elsewhere]) expect(typesTo(other)).toEqual([]);
  });

  it('[SE2] is for members to tell', async () => {
    const { groupId } = await group();
    const told = await announceTyping(
      harness.service,
      { userId: 'eve', connectionId: 'x' },
      groupId,
    );
    expect(told).toMatchObject({ ok: false, problem: { code: 'NOT_FOUND' } });
  });
});

describe('presence', () => {
  it('is told with the first connection and the end of the last one', async () => {
    const { ann } = await group();
    const first = await harness.connect(ann);
    expect(await announcePresence(harness.service, first, 'online')).toHaveLength(1);
    const second = await harness.connect(ann);
    expect(await announcePresence(harness.service, second, 'online')).toEqual([]);
    await harness.service.connections.remove(first);
    expect(await announcePresence(harness.service, first, 'offline')).toEqual([]);
    await harness.service.connections.remove(second);
    expect(await announcePresence(harness.service, second, 'offline')).toHaveLength(1);
  });

  it('[PU5] reaches each connection once that has a shared group open, and no stranger', async () => {
    const { groupId, ann, bob, dan } = await group();
    const other = await harness.begin(`${groupId}-too`, [ann, bob]);
    const both = await harness.connect(bob, groupId, other.groupId);
    const [left, stranger] = [await harness.connect(dan, groupId), await harness.connect('eve')];
    await leaveQuietly(groupId, dan);
    const online = await harness.connect(ann, groupId);
    await harness.pusher.push(await announcePresence(harness.service, online, 'online'));
    expect(harness.framesTo(both, 'user_status_change')).toMatchObject([
      { userId: ann, status: 'online' },
    ]);
    for (const silent of [online, left, stranger]) expect(typesTo(silent)).toEqual([]);
  });
});

describe('a reminder', () => {
  it('reaches exactly those who have not read, every five minutes at most', async () => {
    const { groupId, talk, ann, bob, cat, dan } = await group();
    const seq = await talk.say(ann);
    const connections = await Promise.all(
      [ann, bob, cat, dan].map((userId) => harness.connect(userId)),
    );
    const [author, reader, late, left] = connections as [
      ...[Connection, Connection, Connection, Connection],
    ];
    await markMessages(harness.service, { userId: bob }, 'read', [{ groupId, upTo: seq }]);
    await removeMember(harness.service, { userId: ann }, groupId, dan);
    const remind = () => remindUnread(harness.service, { userId: ann }, groupId, { seq });
    await harness.deliver(remind());
    expect(harness.framesTo(late, 'unread_reminder')).toMatchObject([
      { groupId, seq, fromUserId: ann },
    ]);
    for (const other of [author, reader, left]) expect(typesTo(other)).toEqual([]);

    expect(await remind()).toMatchObject({
      ...{ ok: false, problem: { code: 'RATE_LIMITED', retryAfterMs: 300_000 } },
    });
    harness.opened.time.now += 300_000;
    await markMessages(harness.service, { userId: cat }, 'read', [{ groupId, upTo: seq }]);
    expect(await remind()).toMatchObject({ ok: true, value: { reminded: 0 } });
  });

  it('[TR5] is for the author, admins and the owner to send', async () => {
    const { groupId, talk, bob, cat } = await group();
    const seq = await talk.say(bob);
    const refused = await remindUnread(harness.service, { userId: cat }, groupId, { seq });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'FORBIDDEN' } });
  });
});
