import { beforeAll, describe, expect, it, vi } from 'vitest';
import { leave } from '../../../core/membership.ts';
import type { ReceiptPush } from '../../../functions/push/push.ts';
import { createService } from '../../../functions/service.ts';
import type { Connection } from '../../../functions/store/connections.ts';
import { markMessages } from '../../../functions/use-cases/mark-messages.ts';
import { remindUnread } from '../../../functions/use-cases/remind-unread.ts';
import { removeMember } from '../../../functions/use-cases/remove-member.ts';
import { sendMessage } from '../../../functions/use-cases/send-message.ts';
import { tellPresence } from '../../../functions/use-cases/tell-presence.ts';
import { tellTyping } from '../../../functions/use-cases/tell-typing.ts';
import { PushStage } from './push-stage.ts';

let stage: PushStage;
beforeAll(async () => {
  stage = await PushStage.open();
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
  const talk = await stage.begin(groupId, [ann, bob, cat, dan], more);
  return { groupId, talk, ann, bob, cat, dan };
}

const mark = (groupId: string, reader: Connection, upTo: number) =>
  stage.deliver(markMessages(stage.service, reader, 'read', [{ groupId, upTo }]));

const typesTo = ({ connectionId }: Connection) =>
  stage.poster.to(connectionId).map(({ type }) => type);

/** As when the removal and the subscription crossed: the row says gone, the subscription stays. */
async function leaveQuietly(groupId: string, userId: string): Promise<void> {
  const row = await stage.service.members.get(groupId, userId);
  if (!row) throw new Error(`${userId} is no member`);
  await stage.service.members.change(groupId, row, (member) => ({
    write: leave(member),
    result: undefined,
  }));
}

describe('what a reader causes', () => {
  it('[PU2] a receipt for each author, of their own messages, on all their devices', async () => {
    const { groupId, talk, ann, bob, cat } = await group();
    for (const author of [ann, cat, ann]) await talk.say(author);
    const [phone, tablet] = [await stage.connect(ann), await stage.connect(ann)];
    const [reader, author] = [await stage.connect(bob), await stage.connect(cat)];
    await mark(groupId, reader, 3);
    const receipt = (fromSeq: number) => ({
      ...{ userId: bob, kind: 'read', fromSeq, toSeq: fromSeq, at: stage.opened.time.now },
    });
    for (const device of [phone, tablet]) {
      const [update] = stage.framesTo(device, 'read_status_update');
      expect(update?.receipts).toEqual([receipt(1), receipt(3)]);
    }
    expect(stage.framesTo(author, 'read_status_update')[0]?.receipts).toEqual([receipt(2)]);
    expect(typesTo(reader)).toEqual([]);
  });

  it('[RD8] their position on their other devices', async () => {
    const { groupId, talk, ann, bob } = await group();
    await talk.say(ann);
    const [phone, tablet] = [await stage.connect(bob), await stage.connect(bob)];
    await mark(groupId, phone, 1);
    expect(stage.framesTo(tablet, 'read_position')).toMatchObject([
      { groupId, readSeq: 1, unreadCount: 0 },
    ]);
    expect(typesTo(phone)).toEqual([]);
  });

  it('[PU5] nothing for an author who has left', async () => {
    const { groupId, talk, ann, bob, cat } = await group();
    await talk.say(cat);
    const [left, reader] = [await stage.connect(cat), await stage.connect(bob)];
    await removeMember(stage.service, { userId: ann }, groupId, cat);
    await mark(groupId, reader, 1);
    expect(typesTo(left)).toEqual([]);
  });

  it('[TR1] nothing for authors where positions are private', async () => {
    const { groupId, talk, ann, bob } = await group({ tracking: 'positions' });
    await talk.say(ann);
    const [author, reader] = [await stage.connect(ann), await stage.connect(bob)];
    await mark(groupId, reader, 1);
    expect(typesTo(author)).toEqual([]);
  });

  it('of a long read the newest 256 receipts', async () => {
    const { groupId, ann, bob } = await group();
    const author = await stage.connect(ann);
    for (let seq = 1; seq <= 300; seq++) await stage.service.messages.bury(groupId, seq, ann, 0);
    const push: ReceiptPush = {
      ...{ to: 'authors', groupId, readerId: bob, kind: 'read', at: 5 },
      seqs: [{ from: 1, to: 300 }],
    };
    await stage.deliverer.deliver([push]);
    const [update] = stage.framesTo(author, 'read_status_update');
    expect(update?.receipts).toMatchObject([{ fromSeq: 45, toSeq: 300 }]);
  });

  it('in a group of a thousand, every other receipt at once', async () => {
    const crowd = Array.from({ length: 1000 }, (_, i) => `crowd-${i}`);
    const talk = await stage.begin('crowd', crowd);
    await talk.say('crowd-0');
    const toldWith = async (random: number, userId: string) => {
      const { table, service } = stage.opened;
      const { clock, newId, retentionDays } = service;
      const drawn = createService({ table, clock, newId, retentionDays, random: () => random });
      const target = { groupId: 'crowd', upTo: 1 };
      const marked = await markMessages(drawn, { userId }, 'read', [target]);
      return marked.ok && marked.pushes.some(({ to }) => to === 'authors');
    };
    expect(await toldWith(0.49, 'crowd-1')).toBe(true);
    expect(await toldWith(0.51, 'crowd-2')).toBe(false);
  });
});

describe('who hears of a message', () => {
  it('[PU5] the members that are connected, and nobody else', async () => {
    const { groupId, ann, bob, cat, dan } = await group();
    const [sender, member, left] = [
      await stage.connect(ann),
      await stage.connect(bob),
      await stage.connect(dan, groupId),
    ];
    const outsider = await stage.connect(`eve-${groupId}`, groupId);
    await removeMember(stage.service, { userId: ann }, groupId, dan);
    const message = {
      groupId,
      clientMessageId: '1',
      content: 'Hello',
      messageType: 'text',
    } as const;
    await stage.deliver(sendMessage(stage.service, { userId: cat }, message));
    expect(typesTo(sender)).toEqual(['new_message']);
    expect(typesTo(member)).toEqual(['new_message']);
    expect(typesTo(left)).toEqual([]);
    expect(typesTo(outsider)).toEqual([]);
  });

  it('is no reason to refuse it: a push that fails is logged and no more', async () => {
    const { groupId, talk, ann } = await group();
    await talk.say(ann);
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const rows = vi.spyOn(stage.service.members, 'presentIn');
    rows.mockRejectedValueOnce(new Error('throttled'));
    const frame = { type: 'system_notification', groupId, text: 'Hello' } as const;
    await stage.deliverer.deliver([{ to: 'members', groupId, frame }]);
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
    rows.mockRestore();
  });
});

describe('typing', () => {
  it('is told to whoever else has the group open, and is a member still', async () => {
    const { groupId, ann, bob, cat, dan } = await group();
    const typist = await stage.connect(ann, groupId);
    const tablet = await stage.connect(ann, groupId);
    const [watching, left] = [await stage.connect(bob, groupId), await stage.connect(dan, groupId)];
    const elsewhere = await stage.connect(cat);
    await leaveQuietly(groupId, dan);
    await stage.deliver(tellTyping(stage.service, typist, groupId));
    expect(stage.framesTo(watching, 'typing_indicator')).toMatchObject([{ groupId, userId: ann }]);
    expect(typesTo(tablet)).toEqual(['typing_indicator']);
    for (const other of [typist, left, elsewhere]) expect(typesTo(other)).toEqual([]);
  });

  it('[SE2] is for members to tell', async () => {
    const { groupId } = await group();
    const told = await tellTyping(stage.service, { userId: 'eve', connectionId: 'x' }, groupId);
    expect(told).toMatchObject({ ok: false, problem: { code: 'NOT_FOUND' } });
  });
});

describe('presence', () => {
  it('is told with the first connection and the end of the last one', async () => {
    const { ann } = await group();
    const first = await stage.connect(ann);
    expect(await tellPresence(stage.service, first, 'online')).toHaveLength(1);
    const second = await stage.connect(ann);
    expect(await tellPresence(stage.service, second, 'online')).toEqual([]);
    await stage.service.connections.remove(first);
    expect(await tellPresence(stage.service, first, 'offline')).toEqual([]);
    await stage.service.connections.remove(second);
    expect(await tellPresence(stage.service, second, 'offline')).toHaveLength(1);
  });

  it('[PU5] reaches each connection once that has a shared group open, and no stranger', async () => {
    const { groupId, ann, bob, dan } = await group();
    const other = await stage.begin(`${groupId}-too`, [ann, bob]);
    const both = await stage.connect(bob, groupId, other.groupId);
    const [left, stranger] = [await stage.connect(dan, groupId), await stage.connect('eve')];
    await leaveQuietly(groupId, dan);
    const online = await stage.connect(ann, groupId);
    await stage.deliverer.deliver(await tellPresence(stage.service, online, 'online'));
    expect(stage.framesTo(both, 'user_status_change')).toMatchObject([
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
      [ann, bob, cat, dan].map((userId) => stage.connect(userId)),
    );
    const [author, reader, late, left] = connections as [
      ...[Connection, Connection, Connection, Connection],
    ];
    await markMessages(stage.service, { userId: bob }, 'read', [{ groupId, upTo: seq }]);
    await removeMember(stage.service, { userId: ann }, groupId, dan);
    const remind = () => remindUnread(stage.service, { userId: ann }, groupId, seq);
    await stage.deliver(remind());
    expect(stage.framesTo(late, 'unread_reminder')).toMatchObject([
      { groupId, seq, fromUserId: ann },
    ]);
    for (const other of [author, reader, left]) expect(typesTo(other)).toEqual([]);

    expect(await remind()).toMatchObject({
      ...{ ok: false, problem: { code: 'RATE_LIMITED', retryAfterMs: 300_000 } },
    });
    stage.opened.time.now += 300_000;
    await markMessages(stage.service, { userId: cat }, 'read', [{ groupId, upTo: seq }]);
    expect(await remind()).toMatchObject({ ok: true, value: { reminded: 0 } });
  });

  it('[TR5] is for the author, admins and the owner to send', async () => {
    const { groupId, talk, bob, cat } = await group();
    const seq = await talk.say(bob);
    const refused = await remindUnread(stage.service, { userId: cat }, groupId, seq);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'FORBIDDEN' } });
  });
});

describe('connections', () => {
  it('[PU6] 500 that come back within a second keep every subscription right', async () => {
    const { connections } = stage.service;
    const endsAt = stage.opened.time.now + 60_000;
    const userIds = Array.from({ length: 500 }, (_, i) => `storm-${i}`);
    const connectAll = (run: string) =>
      Promise.all(
        userIds.map(async (userId) => {
          const connection = { userId, connectionId: `${run}-${userId}` };
          await connections.add(connection, endsAt);
          await connections.subscribe(connection, ['storm'], endsAt);
          return connection;
        }),
      );
    const before = await connectAll('before');
    const [after] = await Promise.all([
      connectAll('after'),
      ...before.map((connection) => connections.remove(connection)),
    ]);
    const byId = (a: Connection, b: Connection) => (a.connectionId < b.connectionId ? -1 : 1);
    expect((await connections.subscribersOf('storm')).sort(byId)).toEqual(after.sort(byId));
    expect((await connections.ofUsers(userIds)).sort(byId)).toEqual(after);
  });

  it('that ended without saying so are filtered, and go with the next one', async () => {
    const { connections } = stage.service;
    const lost = await stage.connect('fay', 'any');
    stage.opened.time.now += 3_600_001;
    expect(await connections.ofUsers(['fay'])).toEqual([]);
    expect(await connections.subscribersOf('any')).toEqual([]);
    const next = await stage.connect('fay');
    stage.opened.time.now -= 3_600_001;
    expect(await connections.ofUsers(['fay'])).toEqual([next]);
    expect(await connections.subscribersOf('any')).toEqual([]);
    expect(lost.connectionId).not.toBe(next.connectionId);
  });
});
