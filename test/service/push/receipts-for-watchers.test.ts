import { rangeSet } from '@seenby/core/ranges/range-set.ts';
import { ownStateOf } from '@seenby/core/reading/own-state.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { pushesOfMark } from '../../../functions/receipts/pushes-of-mark.ts';
import { PushHarness } from './push-harness.ts';

const groupId = 'team';
let harness: PushHarness;
beforeAll(async () => {
  harness = await PushHarness.open();
});

/** Bob reads messages of ann's; cat has the group open. What she is told of it. */
async function toldOf(kind: 'read' | 'delivered', seqs: number[], lost: number[] = []) {
  const membership = await harness.service.members.membership(groupId, 'bob', 'strong');
  if (!membership) throw new Error('bob is not in');
  const toSet = (list: number[]) => rangeSet(list.map((seq) => ({ from: seq, to: seq })));
  const group = { ...membership.group, lastSeq: 30_000, lost: toSet(lost) };
  const state = ownStateOf(membership.member, group, 0);
  const receipt = { seqs: toSet(seqs), kind, at: harness.opened.time.now };
  const screen = await harness.connect('cat', groupId);
  await harness.pusher.push(
    pushesOfMark(harness.service, { userId: 'bob' }, group, state, receipt),
  );
  return harness.framesTo(screen, 'read_status_update');
}

describe('[PU9] who has a small group open', () => {
  beforeAll(async () => {
    const talk = await harness.begin(groupId, ['ann', 'bob', 'cat']);
    await talk.say('ann');
  });

  it.each(['read', 'delivered'] as const)(
    'is told of the newest 256 messages when thousands here and there are %s at once',
    async (kind) => {
      const everySecond = Array.from({ length: 10_000 }, (_, i) => 2 * i + 1);
      const frames = await toldOf(kind, everySecond);
      expect(frames).toHaveLength(1);
      const receipts = frames[0]?.receipts ?? [];
      expect(receipts).toHaveLength(256);
      expect(receipts.at(-1)).toMatchObject({ fromSeq: 19_999, toSeq: 19_999 });
      expect(JSON.stringify(frames[0]).length).toBeLessThan(32 * 1024);
    },
  );

  it('is told nothing of a seq that was lost', async () => {
    const frames = await toldOf('read', [1, 2, 3], [2]);
    expect(frames[0]?.receipts).toMatchObject([
      { fromSeq: 1, toSeq: 1 },
      { fromSeq: 3, toSeq: 3 },
    ]);
  });
});
