import { describe, expect, it } from 'vitest';
import type { GroupHandle } from '../../../../packages/client/src/groups/group-handle.ts';
import { aMessage } from '../support/scripted-client.ts';
import type { Browser } from '../support/scripted-host.ts';
import { confirmRead } from '../support/ten-messages.ts';
import { statusesAsked, ten } from '../support/ten-with-state.ts';

/** Two tabs of one user, each with the same ten messages. */
async function twoTabs() {
  const browser: Browser = new Map();
  const [one, two] = [await ten({ browser }), await ten({ browser })];
  const shown = () => [two.group.readSeq, two.group.countUnread()];
  return { one, two, shown };
}

/** How often a screen of the group is told of a change. */
function statesIn(group: GroupHandle) {
  let count = 0;
  group.subscribeState(() => {
    count += 1;
  });
  return () => count;
}

describe('another tab', () => {
  it('[RD8] shows all reads that wait for their confirmation, not the last of them alone', async () => {
    const { one, shown } = await twoTabs();
    one.group.markSeen([3, 4, 9]);
    expect(shown()).toEqual([4, 5]);
    one.group.markSeen([7]);
    expect(shown()).toEqual([4, 4]);
  });

  it('[RD8] shows the position that the service confirmed to the first', async () => {
    const { one, two, shown } = await twoTabs();
    one.group.markRead(6);
    await one.host.settle();
    await confirmRead(one.host, 8, 2);
    expect(shown()).toEqual([8, 2]);
    await two.host.advance(10_000);
    expect(statusesAsked(two.host)).toEqual([]);
  });

  it('neither waits for a reading nor asks after a delivery', async () => {
    const { one, two, shown } = await twoTabs();
    await one.host.advance(3000);
    await two.host.advance(10_000);
    expect(statusesAsked(two.host)).toEqual([]);
    expect(shown()).toEqual([2, 8]);
  });

  it('delivers no more what the first has told, though it comes again', async () => {
    const { one, two } = await twoTabs();
    await one.host.advance(3000);
    two.host.answer = () => ({ body: { messages: [aMessage(9), aMessage(10)], lastSeq: 10 } });
    await two.group.history({ limit: 2 });
    await two.host.advance(5000);
    expect(two.host.socket.sentOf('mark_delivered')).toEqual([]);
  });

  it('is told nothing by a look at messages that were read before', async () => {
    const { one, two } = await twoTabs();
    one.group.markSeen([9]);
    await one.host.settle();
    await confirmRead(one.host, 2, 7);
    const states = statesIn(two.group);
    one.group.markSeen([1, 2, 9]);
    await two.host.settle();
    expect(states()).toBe(0);
  });
});
