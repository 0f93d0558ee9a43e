import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { eraseUser } from '../../functions/erasure/erase-user.ts';
import { changeRole } from '../../functions/members/change-role.ts';
import { removeMember } from '../../functions/members/remove-member.ts';
import { readHistory } from '../../functions/messages/read-history.ts';
import { remindUnread } from '../../functions/messages/remind-unread.ts';
import { sendMessage } from '../../functions/messages/send-message.ts';
import { countReceipts } from '../../functions/receipts/count-receipts.ts';
import { listReceipts } from '../../functions/receipts/list-receipts.ts';
import { Cursors } from '../../functions/store/cursors.ts';
import { Conversation } from '../support/service/conversation.ts';

/** No other text of a test holds this. */
const zoe = 'zoe-who-goes';
let talk: Conversation;

beforeEach(async () => {
  talk = await Conversation.open(['ann', zoe, 'cat', 'dan']);
});

/** One request; `isTold` is false where it ended before anybody was told. */
async function erase({ isTold = true } = {}) {
  const erased = await eraseUser(talk.service, zoe);
  if (!erased.ok) throw new Error(erased.problem.code);
  if (isTold) await erased.noteTold?.();
  const frames = erased.pushes.flatMap((push) => ('frame' in push ? [push.frame] : []));
  return { remaining: erased.value.remaining, told: frames.map(({ type }) => type) };
}

/** Keys of what the table says of somebody, but for what expires by itself within two days. */
async function tracesOf(userId: string): Promise<string[]> {
  const { documents, tableName } = talk.opened;
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: tableName }));
  const found = Items.filter((item) => JSON.stringify(item).includes(userId));
  return found
    .map(({ pk, sk }) => `${pk} ${sk}`)
    .filter((key) => !/^G#[^#]*#I#|^G#[^#]*#N |^U#[^#]*#B /.test(key))
    .sort();
}

async function rows(groupId = talk.groupId) {
  const members = await talk.service.members.ofGroup(groupId, 'strong');
  return members.map(({ userId, role, left }) => [
    userId.startsWith('erased-') ? pseudonym : userId,
    left ? 'left' : role,
  ]);
}

/** In the place of whichever it is. */
const pseudonym = 'a pseudonym';

describe('[SE11] a user who is erased', () => {
  it('leaves nothing behind that names them: messages and receipts have a pseudonym', async () => {
    const { service, groupId, opened } = talk;
    await talk.say('ann');
    await talk.read(zoe, 1, 1000);
    const message = { groupId, content: 'Hi', messageType: 'text', clientMessageId: 'm' } as const;
    await sendMessage(service, { userId: 'ann' }, { ...message, mentions: ['cat', zoe] });
    const last = await talk.say(zoe);
    await remindUnread(service, { userId: zoe }, groupId, { seq: last });
    await service.profiles.choose(zoe, { name: 'Zoe' });
    await service.settings.change(zoe, { readReceipts: false });
    await service.snapshots.keep(zoe, new Uint8Array(700_000), opened.time.now);
    const readings = { byDay: new Map(), through: 1, unread: [] };
    await service.statistics.putReadings(groupId, new Map([[zoe, readings]]));
    const counts = () => countReceipts(service, { userId: 'ann' }, { groupId, from: 1, to: 3 });
    const before = await counts();

    expect(await erase()).toEqual({ remaining: 0, told: ['group_removed', 'member_changed'] });
    const emptied = ['ERASURE', 'PROFILE', 'SETTINGS'].map((sk) => `U#${zoe} ${sk}`);
    expect(await tracesOf(zoe)).toEqual(emptied);

    const history = await readHistory(service, { userId: 'ann' }, { groupId });
    if (!history.ok || !before.ok) throw new Error('refused');
    const senderId = history.value.messages[2]?.senderId;
    expect(senderId).toMatch(/^erased-/);
    expect(history.value.messages).toMatchObject([
      { senderId: 'ann' },
      { senderId: 'ann', mentions: ['cat', senderId] },
      { senderId, content: 'message 2' },
    ]);
    expect((await service.groups.get(groupId))?.lastMessage?.senderId).toBe(senderId);
    expect((await service.groups.get(groupId))?.recentAuthors.slice(0, 2)).toEqual([
      senderId,
      'ann',
    ]);
    expect((await service.reminders.of([groupId]))[0]?.reminders).toMatchObject([
      { fromUserId: senderId },
    ]);
    const cursors = new Cursors(opened.table);
    const list = await listReceipts(service, cursors, { userId: 'ann' }, { groupId, seq: 1 });
    expect(list).toMatchObject({
      value: {
        members: expect.arrayContaining([
          {
            userId: senderId,
            readAt: expect.any(Number),
            deliveredAt: expect.any(Number),
            left: true,
          },
        ]),
      },
    });
    const after = await counts();
    if (!after.ok) throw new Error('refused');
    expect(after.value.version).toBeGreaterThan(before.value.version);
    expect(after.value.counts).toMatchObject([
      { fromSeq: 1, readCount: 2, totalCount: 4 },
      { fromSeq: 2, readCount: 1, totalCount: 3 },
      { fromSeq: 3, readCount: 1, totalCount: 4 },
    ]);
  });

  it('is erased by the same request again, and another time if they come back', async () => {
    await erase();
    expect(await erase()).toEqual({ remaining: 0, told: [] });
    await Conversation.begin(talk.opened, 'again', ['ann', zoe]);
    expect(await erase()).toEqual({ remaining: 0, told: ['group_removed', 'member_changed'] });
    expect((await rows('again')).map(([userId]) => userId)).not.toContain(zoe);
  });

  it('of a thousand groups is done by as many requests as it takes', async () => {
    for (let i = 1; i < 120; i++) {
      const group = await Conversation.begin(talk.opened, `group-${i}`, ['ann', zoe]);
      await group.say(zoe);
    }
    const left: number[] = [];
    do left.push((await erase()).remaining);
    while (left.at(-1) !== 0);
    expect(left).toEqual([70, 20, 0]);
    expect(await tracesOf(zoe)).toHaveLength(3);
    const senders = new Set<string | undefined>();
    for (let i = 1; i < 120; i++) {
      senders.add((await talk.service.groups.get(`group-${i}`))?.lastMessage?.senderId);
    }
    // One pseudonym, whichever request came to the group.
    expect([...senders]).toHaveLength(1);
  });

  it('[FA4] is told of again where a request ended before anybody was told', async () => {
    const told = ['group_removed', 'member_changed'];
    expect(await erase({ isTold: false })).toEqual({ remaining: 0, told });
    expect(await erase({ isTold: false })).toEqual({
      remaining: 0,
      told: [...told, 'member_changed'],
    });
    expect(await erase()).toEqual({ remaining: 0, told: [...told, 'member_changed'] });
    expect(await erase()).toEqual({ remaining: 0, told: [] });
    expect(await tracesOf(zoe)).toHaveLength(3);
  });

  it('is not told to have left where they had left before', async () => {
    const { service, groupId } = talk;
    await talk.say(zoe);
    await removeMember(service, { userId: zoe }, groupId, zoe);
    talk.wait(60_000);
    expect(await erase()).toEqual({ remaining: 0, told: [] });
    expect((await rows()).map(([userId]) => userId)).not.toContain(zoe);
  });

  it('has no message stored afterwards that was on its way', async () => {
    const { service, groupId, opened } = talk;
    await talk.say('ann');
    const known = await service.groups.get(groupId);
    if (!known) throw new Error('no group');
    const sent = {
      senderId: zoe,
      messageType: 'text',
      content: 'Late',
      createdAt: opened.time.now,
    } as const;
    const taken = await service.groups.allocateSeq(known, sent, 'attempt');
    expect(taken?.seq).toBe(2);
    await erase();
    const message = {
      groupId,
      seq: 2,
      messageId: `${groupId}.2`,
      clientMessageId: 'late',
      ...sent,
    };
    expect(await service.messages.insert(message)).toMatchObject({ tombstone: true });
    expect(await tracesOf(zoe)).toHaveLength(3);
    const history = await readHistory(service, { userId: 'ann' }, { groupId });
    expect(history).toMatchObject({ value: { messages: [{ seq: 1 }, { seq: 2, lost: true }] } });
  });

  it('of a long talk is done bit by bit', async () => {
    const { service, opened } = talk;
    for (let i = 0; i < 1030; i++) {
      opened.time.now += 1000;
      await talk.say(i % 100 === 0 ? zoe : 'ann');
    }
    const { renameUser } = service.messages;
    // Each part takes longer than a request has.
    service.messages.renameUser = (...args) => {
      opened.time.now += 13_000;
      return renameUser.apply(service.messages, args);
    };
    expect(await erase()).toMatchObject({ remaining: 1 });
    expect(await erase()).toMatchObject({ remaining: 0 });
    expect(await tracesOf(zoe)).toHaveLength(3);
  });
});

describe('[TR5] the groups of an owner who is erased', () => {
  it('go to the admin, or else the member, who has been there longest', async () => {
    const { service, groupId } = talk;
    const other = await Conversation.begin(talk.opened, 'other', [zoe, 'dan', 'cat']);
    await changeRole(service, { userId: 'ann' }, { groupId, userId: 'dan', role: 'admin' });
    await changeRole(service, { userId: 'ann' }, { groupId, userId: zoe, role: 'owner' });
    await changeRole(service, { userId: zoe }, { groupId, userId: 'ann', role: 'member' });
    expect((await erase()).told.filter((type) => type === 'member_changed')).toHaveLength(4);
    expect(await rows()).toEqual([
      ['ann', 'member'],
      ['cat', 'member'],
      ['dan', 'owner'],
      [pseudonym, 'left'],
    ]);
    expect(await rows(other.groupId)).toEqual([
      ['cat', 'member'],
      ['dan', 'owner'],
      [pseudonym, 'left'],
    ]);
  });

  it('[FA4] name their new owner again where a request ended before anybody was told', async () => {
    const { service, groupId } = talk;
    await changeRole(service, { userId: 'ann' }, { groupId, userId: zoe, role: 'owner' });
    await erase({ isTold: false });
    const again = await eraseUser(service, zoe);
    const frames = again.ok ? again.pushes.map((push) => 'frame' in push && push.frame) : [];
    const [userId] = (await rows()).find(([, role]) => role === 'owner') ?? [];
    const named = { type: 'member_changed', groupId, userId, change: 'role', role: 'owner' };
    expect(frames).toContainEqual(named);
  });

  it('are deleted where nobody else is in them, and direct chats are left', async () => {
    const { service } = talk;
    const alone = await Conversation.begin(talk.opened, 'alone', [zoe]);
    await alone.say(zoe);
    const direct = await Conversation.begin(talk.opened, 'direct', [zoe, 'cat'], {
      kind: 'direct',
    });
    expect(await erase()).toMatchObject({ remaining: 0 });
    expect(await service.groups.get(alone.groupId)).toBeUndefined();
    expect(await rows(alone.groupId)).toEqual([]);
    expect(await rows(direct.groupId)).toEqual([
      ['cat', 'owner'],
      [pseudonym, 'left'],
    ]);
    expect(await tracesOf(zoe)).toHaveLength(3);
  });

  it('have one owner all along, whoever else changes roles meanwhile', async () => {
    const { service, groupId } = talk;
    await changeRole(service, { userId: 'ann' }, { groupId, userId: zoe, role: 'owner' });
    await Promise.all([
      erase(),
      changeRole(service, { userId: zoe }, { groupId, userId: 'cat', role: 'owner' }),
    ]);
    const owners = (await rows()).filter(([, role]) => role === 'owner');
    expect(owners).toHaveLength(1);
    expect((await rows()).map(([userId]) => userId)).not.toContain(zoe);
  });
});
