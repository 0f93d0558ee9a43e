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
