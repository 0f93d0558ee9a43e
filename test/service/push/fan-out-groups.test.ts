import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fanOutGroups } from '../../../functions/fan-out/fan-out-groups.ts';
import type { MemberChange } from '../../../functions/stream/member-change.ts';
import { PushHarness } from './push-harness.ts';

let harness: PushHarness;
beforeAll(async () => {
  harness = await PushHarness.open();
});

/** Groups in which `ann` watches and `bob` has read; what the stream says of that. */
async function groups(prefix: string, count: number): Promise<MemberChange[]> {
  const changes = Array.from({ length: count }, async (_, i) => {
    const groupId = `${prefix}-${i}`;
    const talk = await harness.begin(groupId, ['ann', 'bob']);
    await talk.say('ann');
    await harness.connect('ann', groupId);
    return harness.read(groupId, 'bob', 1);
  });
  return (await Promise.all(changes)).flat();
}

describe('the fan-out of many groups', () => {
  it('works on so many at a time', async () => {
    const changes = await groups('many', 9);
    let [underWay, most] = [0, 0];
    const rows = vi.spyOn(harness.service.members, 'ofGroup');
    const { ofGroup } = Object.getPrototypeOf(harness.service.members);
    rows.mockImplementation(async (...input) => {
      most = Math.max(most, ++underWay);
      const found = await ofGroup.apply(harness.service.members, input);
      while (most < 3) await new Promise(setImmediate);
      underWay--;
      return found;
    });
    expect(await fanOutGroups(harness.newSandbox(), changes, 3)).toEqual([]);
    rows.mockRestore();
    expect(most).toBe(3);
  });

  it('[PU7] lets no group that waits for its turn keep others from theirs', async () => {
    const [early = [], late = []] = [await groups('early', 2), await groups('late', 1)];
    const fanOut = harness.newSandbox();
    await fanOutGroups(fanOut, early, 1);
    const posted = harness.poster.posted.length;
    let ofLate = -1;
    const wait = async (ms: number) => {
      // Time enough for everything that does not have to wait.
      while (harness.poster.posted.length === posted) await new Promise(setImmediate);
      ofLate = harness.poster.posted.length - posted;
      await harness.wait(ms);
    };
    const again = [
      await harness.read('early-0', 'ann', 1),
      await harness.read('early-1', 'ann', 1),
    ];
    const changes = [...early, ...again.flat(), ...late];
    const changed = changes.map((change) => ({ ...change, before: undefined }));
    expect(await fanOutGroups({ ...fanOut, wait }, changed, 1)).toEqual([]);
    expect(ofLate).toBe(1);
  });

  it('names the changes of a group that failed, and pushes the others', async () => {
    const changes = await groups('some', 3);
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const group = vi.spyOn(harness.service.groups, 'get');
    group.mockRejectedValueOnce(new Error('throttled'));
    const posted = harness.poster.posted.length;
    const unhandled = await fanOutGroups(harness.newSandbox(), changes, 1);
    expect(unhandled.map(({ groupId }) => groupId)).toEqual(['some-0']);
    expect(harness.poster.posted.length - posted).toBe(2);
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
    group.mockRestore();
  });
});
