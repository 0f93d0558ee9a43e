import { describe, expect, it } from 'vitest';
import { usually } from '../../support/nightly.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import {
  changeSettings,
  deleteGroup,
  giveRole,
  recall,
  removeMember,
} from '../../support/wire/group-acts.ts';
import { service } from '../../support/wire/service.ts';
import { SyncingScreen } from '../../support/wire/syncing-screen.ts';
import { User } from '../../support/wire/user.ts';

const awkwardIds = [
  ...['constructor', '__proto__', '.', '..', '$', 'auth0|5f7c8ec7c33c6c004bbafe82'],
  ...['@alice:matrix.example.org', 'alice+chat@example.com', '!room:example.org', 'x'.repeat(128)],
  // More of the same kinds.
  ...['toString', 'prototype', '...', '.1', '110169484474386276334', '~', '=', 'G.1'],
].slice(0, usually(10, { nightly: 18 }));

/** Alice and bob, and a group, all named by the same awkward id but for bob's last letter. */
async function startWith(id: string) {
  const users = [await User.named(id), await User.named(`${id.slice(0, 127)}b`)] as const;
  const conversation = await Conversation.start(users, { groupId: id });
  return { users, conversation };
}

// Whose issuer chooses the ids, has none of these; and a groupId is taken for good.
describe.skipIf(!service.signingKey)('[SE10] users, a group and messages by the id', () => {
  it.each(awkwardIds)('%s work over sockets and HTTP', async (id) => {
    const { users, conversation } = await startWith(id);
    const [alice, bob] = users;
    expect([alice.userId, conversation.groupId]).toEqual([id, id]);
    const [ofAlice, ofBob] = [await alice.subscribe(id), await bob.subscribe(id)];

    const message = { clientMessageId: id, content: 'Hello', mentions: [bob.userId] };
    const sent = await ofAlice.ask('message_sent', {
      type: 'send_message',
      groupId: id,
      ...message,
    });
    expect(sent.message).toMatchObject({ ...message, messageId: `${id}.1`, senderId: id });
    const again = await alice.call('POST', `${conversation.path}/messages`, message);
    expect([again.status, again.body]).toMatchObject([200, { message: { seq: 1 } }]);
    expect((await ofBob.next('new_message')).message).toEqual(sent.message);

    const mark = { type: 'mark_read', messageIds: [`${id}.1`] };
    expect(await ofBob.ask('mark_read_confirmed', mark)).toMatchObject({ groupId: id, readSeq: 1 });
    const told = await ofAlice.until('the receipt', () =>
      ofAlice.received('read_status_update').find(({ receipts }) => receipts),
    );
    expect(told.receipts).toMatchObject([{ userId: bob.userId, kind: 'read', fromSeq: 1 }]);

    const { members } = await conversation.list(alice, 1);
    expect(members.map(({ userId }) => userId).sort()).toEqual([id, bob.userId].sort());
    expect((await conversation.history(bob)).messages).toMatchObject([{ readCount: 2 }]);
    await recall(alice, conversation, 1);
    await giveRole(alice, conversation, bob, 'owner');
    await giveRole(bob, conversation, alice, 'member');
    await changeSettings(bob, conversation, { name: 'Renamed' });
    expect(await conversation.status(alice)).toMatchObject({ name: 'Renamed', role: 'member' });
    const screen = new SyncingScreen(alice);
    await screen.sync();
    await removeMember(bob, conversation, alice);
    expect((await screen.sync()).removedGroupIds).toEqual([id]);
    await deleteGroup(bob, conversation);
    const { status, body } = await bob.call('GET', conversation.path);
    expect([status, body.error.code]).toEqual([404, 'NOT_FOUND']);
  });
});
