import { beforeAll, describe, expect, it } from 'vitest';
import { addMembers } from '../../../functions/members/add-members.ts';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { countReceipts } from '../../../functions/receipts/count-receipts.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import type { Connection } from '../../../functions/store/users/connections.ts';
import { subscribeGroups } from '../../../functions/sync/subscribe-groups.ts';
import { syncChanges } from '../../../functions/sync/sync-changes.ts';
import { PushHarness } from '../push/push-harness.ts';
import { openWatchedGroup } from '../push/watched-group.ts';

let harness: PushHarness;
beforeAll(async () => {
  harness = await PushHarness.open();
});

const visible = async (userId: string, groupId: string) => {
  const answer = await countReceipts(harness.service, { userId }, { groupId, from: 1, to: 9 });
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
};

/** All that somebody can ask whose answer has a version of the counts. */
async function versionsFor({ userId, connectionId }: Connection, groupId: string) {
  const { service, opened } = harness;
  const cursors = new Cursors(opened.table);
  const sync = await syncChanges(service, cursors, { userId }, undefined);
  const groups = sync.ok ? sync.value.groups : [];
  const group = groups.find((each) => each.groupId === groupId);
  const connection = { userId, connectionId };
  const [subscribed] = await subscribeGroups(service, connection, [groupId], 9e15);
  return {
    receipts: (await visible(userId, groupId)).version,
    sync: group?.version,
    subscription: subscribed?.type === 'subscription_confirmed' && subscribed.version,
  };
}

describe.each(['sender', 'admins'] as const)(
  '[TR6] with visibility "%s" the version',
  (visibility) => {
    /** Ann owns the group and has written; cat has written after her. */
    async function open(more: object = {}) {
      const watched = await openWatchedGroup(harness, { visibility, ...more });
      await watched.talk.say('cat');
      return watched;
    }

    it('tells who sees no receipts nothing of what others read', async () => {
      const { groupId, of, read } = await open();
      const before = await versionsFor(of('dan'), groupId);
      await harness.push(groupId, await read('bob', 2));
      await harness.push(groupId, await read('ann', 2));
      expect(await versionsFor(of('dan'), groupId)).toEqual(before);
      expect(harness.countsTo(of('dan'))).toEqual([]);
    });

    it('tells an author of reads of their own messages alone, and is the same in answers and pushes', async () => {
      const { groupId, of, readOne } = await open();
      const before = await versionsFor(of('cat'), groupId);
      await harness.push(groupId, await readOne('bob', 1));
      expect(await versionsFor(of('cat'), groupId)).toEqual(before);
      await harness.push(groupId, await readOne('bob', 2));
      const after = await versionsFor(of('cat'), groupId);
      expect(after.receipts).toBeGreaterThan(before.receipts);
      expect(after.sync).toBe(after.receipts);
      const [update] = harness.framesTo(of('cat'), 'read_status_update');
      expect(update).toMatchObject({ version: after.receipts, counts: [{ fromSeq: 2 }] });
    });

    it('[CT6] costs nothing more than the counts do, once it is known who wrote what', async () => {
      const { groupId, talk } = await open();
      for (let i = 0; i < 300; i++) {
        harness.opened.time.now += 1000;
        await talk.say('cat');
      }
      const costFor = async (userId: string): Promise<number> => {
        harness.opened.units.reset();
        await visible(userId, groupId);
        return harness.opened.units.read;
      };
      const first = await costFor('cat');
      // The caller's membership, and the rows of the four.
      expect(await costFor('cat')).toBeLessThanOrEqual(3);
      expect(first).toBeGreaterThan(3);
    });

    it('[PU4] never falls while counts change: members come, leave and read, messages come', async () => {
      const { groupId, talk, read } = await open();
      const { service } = harness;
      const ann = { userId: 'ann' };
      const add = { groupId, memberIds: ['eve'], role: 'member' } as const;
      const changes: [what: string, change: () => Promise<unknown>][] = [
        [
          'a delivery',
          () => markOneGroup(service, { userId: 'dan' }, 'delivered', { groupId, upTo: 2 }),
        ],
        ['who leaves takes a delivery along', () => removeMember(service, ann, groupId, 'dan')],
        ['somebody comes', () => addMembers(service, ann, add)],
        ['a read', () => read('eve', 2)],
        ['a message', () => talk.say('cat')],
        ['a read of it', () => read('bob', 3)],
        ['they leave', () => removeMember(service, ann, groupId, 'eve')],
        ['they come back', () => addMembers(service, ann, add)],
      ];
      let known = await visible('cat', groupId);
      for (const [what, change] of changes) {
        await change();
        const now = await visible('cat', groupId);
        expect([what, now.counts]).not.toEqual([what, known.counts]);
        expect([what, now.version]).toEqual([what, Math.max(now.version, known.version + 1)]);
        known = now;
      }
    });
  },
);
