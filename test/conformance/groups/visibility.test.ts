import type { Visibility } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { addMembers, changeSettings } from '../../support/wire/group-acts.ts';
import { bySeq } from '../../support/wire/observation.ts';
import { settle } from '../../support/wire/settle.ts';
import { updatesOf } from '../../support/wire/shown-counts.ts';
import { syncOf } from '../../support/wire/syncing-screen.ts';
import { User } from '../../support/wire/user.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';

const labels = ['owner', 'admin', 'first', 'second'] as const;
type Viewer = (typeof labels)[number];

/** Which of three messages, by `first`, `second` and the owner, each of them may see the counts of. */
const visibleSeqs: Record<Visibility, Record<Viewer, number[]>> = {
  members: { owner: [1, 2, 3], admin: [1, 2, 3], first: [1, 2, 3], second: [1, 2, 3] },
  admins: { owner: [1, 2, 3], admin: [1, 2, 3], first: [1], second: [2] },
  sender: { owner: [3], admin: [], first: [1], second: [2] },
};

/** The viewers, and two more who only read. */
async function startGroup(visibility: Visibility) {
  const users = (await User.createAll(...labels, 'reader', 'late')) as User[];
  const [owner, admin, first, second, reader, late] = users as [User, User, User, User, User, User];
  const conversation = await Conversation.start([owner, first, second, reader, late], {
    visibility,
  });
  await addMembers(owner, conversation, [admin], 'admin');
  for (const sender of [first, second, owner]) await conversation.say(sender);
  const viewers: Record<Viewer, User> = { owner, admin, first, second };
  return { conversation, viewers, reader, late };
}

async function seqsShownTo(viewer: User, { path, groupId }: Conversation) {
  const [{ messages }, { counts }, { groups }, ...lists] = await Promise.all([
    viewer.get<{ messages: { seq: number; readCount?: number }[] }>(`${path}/messages`),
    viewer.get<{ counts: [] }>(`${path}/receipts?from=1&to=3`),
    syncOf(viewer),
    ...[1, 2, 3].map((seq) => viewer.call('GET', `${path}/messages/${seq}/receipts`)),
  ]);
  const synced = groups.find((group) => group.groupId === groupId);
  const open = lists.flatMap(({ status }, i) => (status === 200 ? [i + 1] : []));
  const refused = lists.filter(({ status }) => status !== 200);
  expect(refused.map(({ status, body }) => [status, body.error.code])).toEqual(
    refused.map(() => [403, 'FORBIDDEN']),
  );
  return {
    history: messages.filter((message) => 'readCount' in message).map(({ seq }) => seq),
    counts: [...bySeq(counts).keys()],
    sync: [...bySeq(synced?.counts ?? []).keys()],
    lists: open,
  };
}

describe.each(['members', 'admins', 'sender'] as const)('[TR3] visibility "%s"', (visibility) => {
  it('binds history, counts, sync and lists', async () => {
    const { conversation, viewers, reader } = await startGroup(visibility);
    await conversation.read(reader, 3);
    for (const label of labels) {
      const seqs = visibleSeqs[visibility][label];
      const everywhere = { history: seqs, counts: seqs, sync: seqs, lists: seqs };
      expect([label, await seqsShownTo(viewers[label], conversation)]).toEqual([label, everywhere]);
    }
  });

  it('binds pushes, at once and coalesced', async () => {
    const { conversation, viewers, reader, late } = await startGroup(visibility);
    const { groupId } = conversation;
    const screens = await Promise.all(labels.map((label) => viewers[label].subscribe(groupId)));
    // With the second round told to those who may see it, the first has reached everybody.
    for (const [readCount, user] of [reader, late].entries()) {
      await conversation.read(user, 3);
      await Promise.all(screens.map((screen, i) => isTold(screen, i, readCount + 2)));
    }
    await settle(...screens);
    const told = screens.map((screen) => ({
      counts: seqsIn(screen, ({ counts = [] }) => counts),
      receipts: seqsIn(screen, ({ receipts = [] }) => receipts),
    }));
    expect(told).toEqual(
      labels.map((label) => ({
        counts: visibleSeqs[visibility][label],
        receipts: visibleSeqs[visibility][label],
      })),
    );

    async function isTold(screen: WireClient, i: number, readCount: number): Promise<void> {
      const [seq] = visibleSeqs[visibility][labels[i] as Viewer];
      if (seq === undefined) return;
      await screen.next('read_status_update', ({ counts = [] }) =>
        counts.some((range) => range.fromSeq <= seq && range.readCount === readCount),
      );
    }

    function seqsIn(
      screen: WireClient,
      rangesOf: (update: ReturnType<typeof updatesOf>[number]) => Ranges,
    ): number[] {
      const ranges = updatesOf(groupId, screen.frames).flatMap(rangesOf);
      return [1, 2, 3].filter((seq) => ranges.some((r) => r.fromSeq <= seq && seq <= r.toSeq));
    }
  });
});

type Ranges = readonly { fromSeq: number; toSeq: number }[];

describe('[TR3] what only those see who see all', () => {
  it.each([
    ['members', [200, 200, 200]],
    ['admins', [200, 200, 403]],
    ['sender', [403, 403, 403]],
  ] as const)('statistics with visibility "%s"', async (visibility, statuses) => {
    const { conversation, viewers } = await startGroup(visibility);
    const { owner, admin, first } = viewers;
    const asked = [owner, admin, first].map((user) =>
      user.call('GET', `${conversation.path}/stats`),
    );
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(statuses);
  });

  it('how many a reminder reaches, with visibility "sender" the author alone', async () => {
    const { conversation, viewers, reader } = await startGroup('sender');
    const remind = (user: User) => user.call('POST', `${conversation.path}/messages/1/remind`);
    expect((await remind(viewers.admin)).body.error.code).toBe('FORBIDDEN');
    expect((await remind(viewers.owner)).body.error.code).toBe('FORBIDDEN');
    await conversation.read(reader, 1);
    const { status, body } = await remind(viewers.first);
    expect([status, body]).toEqual([200, { reminded: 4, reached: 0 }]);
  });
});

describe('[TR3] sync with visibility "sender"', () => {
  it("does not tell that messages of others are read, but does of one's own", async () => {
    const { conversation, viewers, reader } = await startGroup('sender');
    const { first } = viewers;
    const { next } = await syncOf(first);
    await reader.post(`${conversation.path}/read`, { messageIds: [`${conversation.groupId}.2`] });
    expect(await syncOf(first, next)).toMatchObject({ changedCount: 0, groups: [] });
    await conversation.read(reader, 1);
    expect(await syncOf(first, next)).toMatchObject({ changedCount: 1 });
  });

  it('takes away what was seen before the visibility changed', async () => {
    const { conversation, viewers } = await startGroup('members');
    const { owner, first } = viewers;
    const { next } = await syncOf(first);
    await changeSettings(owner, conversation, { visibility: 'sender' });
    const [group] = (await syncOf(first, next)).groups;
    expect([...bySeq(group?.counts ?? []).keys()]).toEqual([1]);
    await changeSettings(owner, conversation, { visibility: 'members' });
    expect(await syncOf(first, next)).toMatchObject({ changedCount: 0 });
  });
});
