import { describe, expect, it } from 'vitest';
import { groupId, standing } from './support/scripted-client.ts';
import type { Browser } from './support/scripted-host.ts';
import { confirmRead } from './support/ten-messages.ts';
import { answerStatus, movePosition, statusesAsked, ten } from './support/ten-with-state.ts';

describe('tabs of one user', () => {
  it('[RD10] show what one of them was told', async () => {
    const browser: Browser = new Map();
    const [one, two] = [await ten({ browser }), await ten({ browser })];
    one.group.markRead(6);
    expect([two.group.readSeq, two.group.countUnread()]).toEqual([6, 4]);
    await one.host.settle();
    await confirmRead(one.host, 6, 5, 11);
    expect([two.group.readSeq, two.group.countUnread()]).toEqual([6, 5]);
    await two.host.advance(10_000);
    expect(statusesAsked(two.host)).toEqual([]);
  });

  it('ask where they stand when the confirmation never comes', async () => {
    const browser: Browser = new Map();
    const [one, two] = [await ten({ browser }), await ten({ browser })];
    one.group.markSeen([5]);
    one.client.close();
    expect(two.group.countUnread()).toBe(7);
    await two.host.advance(5000);
    expect(statusesAsked(two.host)).toEqual([[groupId]]);
    await answerStatus(two.host, standing(2, 8, 10, 20));
    expect(two.group.countUnread()).toBe(8);
  });

  it('[RD7] have the badge put back that one of them put back, and leave it there', async () => {
    const browser: Browser = new Map();
    const [one, two] = [await ten({ browser }), await ten({ browser })];
    for (const { host } of [one, two]) movePosition(host, standing(10, 0, 10, 21));
    const putBack = one.group.markUnread(7);
    await one.host.settle();
    one.host.socket.reply('mark_unread', {
      ...{ type: 'mark_unread_confirmed', ...standing(6, 4, 10, 22) },
    });
    await putBack;
    for (const { group } of [one, two]) {
      group.markSeen([8]);
      expect([group.readSeq, group.countUnread(), group.isReadingSuspended]).toEqual([6, 4, true]);
    }
  });

  it('[RD7] leave a badge that another device put back', async () => {
    const { host, group } = await ten();
    group.markSeen([3, 4, 5]);
    await host.settle();
    await confirmRead(host, 5, 5);
    movePosition(host, standing(2, 8, 10, 10_000));
    group.markSeen([3, 6]);
    expect([group.readSeq, group.countUnread(), group.isReadingSuspended]).toEqual([2, 8, true]);
    group.markRead(4);
    expect(group.countUnread()).toBe(6);
  });
});
