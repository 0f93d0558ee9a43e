import type { Receipt } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { addMembers } from '../../support/wire/group-acts.ts';
import { settle } from '../../support/wire/settle.ts';
import { User } from '../../support/wire/user.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';

/** The default of the setting `directPushMembers`. */
const directPushMembers = 20;

const receiptsOf = (client: WireClient): Receipt[] =>
  client.received('read_status_update').flatMap(({ receipts = [] }) => receipts);

const withReceipts = ({ receipts }: { receipts?: unknown }): boolean => receipts !== undefined;

describe('[PU9] in a small group everyone who has it open is told at once', () => {
  it('of a read, with its reader and the time in the list', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    await conversation.sayMany(alice, 2);
    await conversation.say(carol);
    const screens = [await carol.subscribe(groupId), await bob.subscribe(groupId)];
    const elsewhere = await carol.connect();
    await conversation.read(bob, 2);
    const { readAt } = await conversation.line(alice, 2, bob);
    const receipt = { userId: bob.userId, kind: 'read', fromSeq: 1, toSeq: 2, at: readAt };
    for (const screen of screens) {
      const update = await screen.next('read_status_update', withReceipts);
      expect(update).toMatchObject({ groupId, receipts: [receipt] });
    }
    await settle(elsewhere);
    expect(receiptsOf(elsewhere)).toEqual([]);
  });

  it('of a delivery and of a play', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    const { messageId } = await conversation.say(alice, { messageType: 'voice' });
    const screen = await carol.subscribe(groupId);
    const listener = await bob.connect();
    await bob.post(`${conversation.path}/delivered`, { upTo: 1 });
    await screen.next('read_status_update', withReceipts);
    await listener.ask('mark_played_confirmed', { type: 'mark_played', messageId });
    await screen.next('read_status_update', ({ receipts = [] }) =>
      receipts.some(({ kind }) => kind === 'played'),
    );
    const common = { userId: bob.userId, fromSeq: 1, toSeq: 1 };
    expect(receiptsOf(screen)).toMatchObject([
      { ...common, kind: 'delivered' },
      { ...common, kind: 'played' },
    ]);
  });

  it('an author once of each message, the own ones among them', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    await conversation.say(alice);
    await conversation.say(carol);
    const screen = await alice.subscribe(conversation.groupId);
    await conversation.read(bob, 2);
    await expect.poll(() => receiptsOf(screen)).toHaveLength(2);
    await settle(screen);
    const told = receiptsOf(screen).map(({ fromSeq, toSeq }) => [fromSeq, toSeq]);
    expect(told.sort()).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('a newcomer only of what they see', async () => {
    const [alice, bob, late] = (await User.createAll('alice', 'bob', 'late')) as [User, User, User];
    const conversation = await Conversation.start([alice, bob], { historyForNewMembers: 1 });
    await conversation.sayMany(alice, 3);
    await addMembers(alice, conversation, [late]);
    const screen = await late.subscribe(conversation.groupId);
    await conversation.read(bob, 3);
    const update = await screen.next('read_status_update', withReceipts);
    expect(update.receipts).toMatchObject([{ fromSeq: 3, toSeq: 3 }]);
  });

  it('and nobody but authors where there are more members, or where positions are private', async () => {
    const others = Array.from({ length: directPushMembers }, (_, i) => `other-${i}`);
    const users = (await User.createAll('alice', 'bob', 'carol')) as [User, User, User];
    const [alice, bob, carol] = users;
    const many = await Conversation.start(users);
    await alice.post(`${many.path}/members`, { memberIds: others });
    const secret = await Conversation.start(users, { tracking: 'positions' });
    for (const conversation of [many, secret]) {
      await conversation.say(alice);
      const author = await alice.subscribe(conversation.groupId);
      const screen = await carol.subscribe(conversation.groupId);
      await conversation.read(bob, 1);
      if (conversation === many) await author.next('read_status_update', withReceipts);
      await settle(author, screen);
      expect(receiptsOf(screen)).toEqual([]);
    }
  });
});
