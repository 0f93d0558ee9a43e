import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { GroupHandle } from '../../../packages/client/src/groups/group-handle.ts';
import type { SeenbyClient } from '../../../packages/client/src/seenby-client.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { bySeq } from '../../support/wire/observation.ts';
import { until } from '../../support/wire/until.ts';
import { User } from '../../support/wire/user.ts';
import { sequenceOf } from '../../unit/client/support/sequence.ts';
import { connectAtLast, realClient } from './real-client.ts';

/** What a client shows of every message, in the service's words. */
const shownBy = (group: GroupHandle, lastSeq: number) =>
  Array.from({ length: lastSeq }, (_, i) => {
    const receipt = group.getReceipt(i + 1);
    return receipt && [receipt.read, receipt.unread, receipt.delivered, receipt.total];
  });

async function truthOf(conversation: Conversation, lastSeq: number) {
  const [owner] = conversation.members as [User];
  const { counts } = await conversation.counts(owner, 1, lastSeq);
  return [...bySeq(counts).values()].map((counts) => [
    ...[counts.readCount, counts.unreadCount, counts.deliveredCount, counts.totalCount],
  ]);
}

/** Deliveries are told without a reply: of how many messages that of one of these users has not arrived yet. */
async function undelivered(conversation: Conversation, users: readonly User[], lastSeq: number) {
  const [owner] = conversation.members as [User];
  const seqs = Array.from({ length: lastSeq }, (_, i) => i + 1);
  const lists = await Promise.all(seqs.map((seq) => conversation.list(owner, seq)));
  const has = ({ members }: (typeof lists)[number], { userId }: User) =>
    members.some((member) => member.userId === userId && member.deliveredAt !== null);
  return lists.filter((list) => !users.every((user) => has(list, user))).length;
}

async function openGroup(user: User, groupId: string) {
  const client = realClient(user);
  await connectAtLast(client);
  const group = client.group(groupId);
  await group.subscribe();
  return { client, group };
}

/** Sends, reads up to, ahead and out of order, joins and leaves, as the dice have it. */
async function act(
  roll: (sides: number) => number,
  conversation: Conversation,
  groups: readonly GroupHandle[],
  guest: User,
): Promise<void> {
  const group = groups[roll(groups.length)] as GroupHandle;
  const last = group.messages.filter(({ state }) => state === 'sent').length;
  const kind = last === 0 ? 0 : roll(8);
  if (kind <= 2) await group.send(`${roll(1000)}`);
  else if (kind <= 4) group.markRead(1 + roll(last));
  else if (kind <= 6) group.markSeen([1 + roll(last), 1 + roll(last)]);
  else {
    const [owner] = groups as [GroupHandle];
    const { members } = await owner.listMembers();
    if (members.some(({ userId }) => userId === guest.userId)) {
      await conversation.read(guest, last);
      await owner.removeMember(guest.userId);
    } else await owner.addMembers([guest.userId]);
  }
}

const allConfirmed = (client: SeenbyClient, group: GroupHandle, lastSeq: number): Promise<true> =>
  until(
    client,
    'the confirmation of everything read, and the telling of all that was received',
    () => isAt(group, lastSeq) && !group.hasPendingReceipts,
  );

const isAt = ({ messages }: GroupHandle, lastSeq: number): boolean => messages.length === lastSeq;

const agrees = (client: SeenbyClient, group: GroupHandle, truth: unknown[]): Promise<true> =>
  until(
    client,
    `agreement with ${JSON.stringify(truth)}, shown ${JSON.stringify(shownBy(group, truth.length))}`,
    () => isDeepStrictEqual(shownBy(group, truth.length), truth),
  );

describe('what clients show', () => {
  it.for([1, 2])(
    '[PU1] [CT2] becomes the service’s own counts (random history %i)',
    async (seed) => {
      const roll = sequenceOf(seed);
      const users = await User.createAll('a', 'b', 'c', 'd');
      const guest = users[3] as User;
      const conversation = await Conversation.start(users.slice(0, 3));
      const open = await Promise.all(
        users.slice(0, 3).map((user) => openGroup(user, conversation.groupId)),
      );
      const groups = open.map(({ group }) => group);
      for (let step = 0; step < 25; step++) await act(roll, conversation, groups, guest);

      const { lastSeq } = await conversation.history(users[0] as User, 'limit=1');
      await Promise.all(open.map(({ client, group }) => allConfirmed(client, group, lastSeq)));
      const toldBy = users.slice(0, 3);
      await expect
        .poll(() => undelivered(conversation, toldBy, lastSeq), { interval: 500 })
        .toBe(0);
      const truth = await truthOf(conversation, lastSeq);
      expect(truth).toHaveLength(lastSeq);
      expect(lastSeq).toBeGreaterThan(0);
      await Promise.all(open.map(({ client, group }) => agrees(client, group, truth)));
      for (const [i, { client, group }] of open.entries()) {
        const status = await conversation.status(users[i] as User);
        expect([group.readSeq, group.countUnread()]).toEqual([status.readSeq, status.unreadCount]);
        client.close();
      }
    },
  );
});
