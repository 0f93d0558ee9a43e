import { describe, expect, it } from 'vitest';
import {
  aMessage,
  aStatus,
  establish,
  groupId,
  me,
  pushed,
  standing,
} from '../support/scripted-client.ts';
import type { ScriptedHost } from '../support/scripted-host.ts';
import {
  answerStatus,
  answerStatuses,
  movePosition,
  statusesAsked,
  ten,
} from '../support/ten-with-state.ts';

/** The group has another name: what holds in the end is asked for in some seconds. */
const rename = ({ socket }: ScriptedHost) => {
  const { name, tracking, visibility } = aStatus({ name: 'Crew' });
  socket.push({ type: 'group_changed', groupId, name, tracking, visibility });
};

/** A message of a group that nothing is known of. */
const pushedTo = (id: string) => {
  const message = { groupId: id, messageId: `${id}.5` };
  return { ...pushed(5, message), groupId: id } as ReturnType<typeof pushed>;
};

const idsOf = (count: number) => Array.from({ length: count }, (_, i) => `club-${i}`);

/** A client in so many groups, each with a message missing. */
async function missingIn(count: number) {
  const { host, client } = await ten();
  const ids = idsOf(count);
  host.socket.drop();
  await host.advance(250);
  await establish(host, ...ids.map((id) => aStatus({ groupId: id, lastSeq: 3 })));
  await host.advance(1000);
  const before = statusesAsked(host).length;
  for (const id of ids) host.socket.push(pushedTo(id));
  const asked = () => statusesAsked(host).slice(before);
  return { host, client, ids, asked };
}

describe('[RD10] where groups stand', () => {
  it('is asked for of fifty at a time, until all have been asked for', async () => {
    const { host, ids, asked } = await missingIn(120);
    const answer = async (from: number, to: number) => {
      const groups = ids.slice(from, to).map((id) => aStatus({ groupId: id, lastSeq: 5 }));
      await answerStatuses(host, groups);
    };
    await host.advance(300);
    expect(asked()).toEqual([ids.slice(0, 50)]);
    await answer(0, 50);
    await host.advance(299);
    expect(asked()).toHaveLength(1);
    await host.advance(1);
    await answer(50, 100);
    await host.advance(300);
    await answer(100, 120);
    await host.advance(10_000);
    expect(asked()).toEqual([ids.slice(0, 50), ids.slice(50, 100), ids.slice(100)]);
  });

  it('is asked for as soon as the first doubt is due, and not later for the next one', async () => {
    const { host } = await ten();
    host.socket.push(pushed(12));
    await host.advance(200);
    host.socket.push(pushed(14));
    await host.advance(99);
    expect(statusesAsked(host)).toEqual([]);
    await host.advance(1);
    expect(statusesAsked(host)).toEqual([[groupId]]);
  });

  it('is asked for at once when something is missing, whatever else is asked for later', async () => {
    const { host } = await ten();
    rename(host);
    await host.advance(100);
    host.socket.push(pushed(12));
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
    await answerStatus(host, standing(2, 10, 12, 24));
    await host.advance(10_000);
    // What the group is called in the end is asked for no sooner.
    expect(statusesAsked(host)).toHaveLength(2);
  });

  it('is asked for by the next connection when it was due in between', async () => {
    const { host } = await ten();
    rename(host);
    await host.advance(100);
    host.socket.drop();
    await host.advance(6000);
    await establish(host, aStatus(standing(2, 8, 10, 20)));
    expect(statusesAsked(host)).toEqual([]);
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
  });

  it('is not asked for after the client was closed', async () => {
    const { client, host } = await ten();
    rename(host);
    host.socket.push(pushed(12));
    void client.close();
    await host.advance(10_000);
    expect(host.timerCount).toBe(0);
    void client.connect();
    await establish(host, aStatus(standing(2, 10, 12, 24)));
    await host.advance(10_000);
    expect(statusesAsked(host)).toEqual([]);
  });

  it('is asked for again when a group is said to be gone that has moved meanwhile', async () => {
    const { client, host } = await ten();
    host.socket.push(pushed(12));
    await host.advance(300);
    movePosition(host, standing(12, 0, 12, 25));
    await answerStatuses(host, [], [groupId]);
    expect(client.groups()).toHaveLength(1);
    await host.advance(300);
    expect(statusesAsked(host)).toEqual([[groupId], [groupId]]);
    await answerStatuses(host, [], [groupId]);
    expect(client.groups()).toEqual([]);
  });

  it('may be told of a group that is not known here', async () => {
    const { client, host } = await ten();
    host.socket.push(pushed(12));
    await host.advance(300);
    const here = aStatus(standing(2, 10, 12, 24));
    await answerStatuses(host, [aStatus({ groupId: 'stray' }), here], ['lost']);
    expect(client.groups().map((group) => [group.groupId, group.unreadCount])).toEqual([
      [groupId, 10],
    ]);
    await host.advance(10_000);
    expect(statusesAsked(host)).toHaveLength(1);
  });

  it('is asked for again when a mention came since it was asked for', async () => {
    const { host, group } = await ten();
    host.socket.push(pushed(12));
    await host.advance(300);
    host.socket.push(pushed(11, { mentions: [me] }));
    // From before the mention was noted.
    await answerStatus(host, standing(2, 10, 12, 20));
    await host.advance(300);
    expect(statusesAsked(host)).toHaveLength(2);
    await answerStatus(host, standing(2, 10, 12, 21, 1));
    await host.advance(10_000);
    expect([group.status?.mentionCount, statusesAsked(host).length]).toEqual([1, 2]);
  });

  it('is asked for again when it shows a message that may never be stored', async () => {
    const { host, group } = await ten();
    host.socket.drop();
    await host.advance(250);
    const lastMessage = aMessage(11, { createdAt: host.environment.date() });
    await establish(host, aStatus({ ...standing(2, 9, 11, 20), lastMessage }));
    await host.advance(5300);
    expect(statusesAsked(host)).toEqual([[groupId]]);
    const before = aMessage(10, { createdAt: -10_000 });
    await answerStatuses(host, [aStatus({ ...standing(2, 8, 11, 21), lastMessage: before })]);
    await host.advance(6000);
    expect([group.countUnread(), statusesAsked(host).length]).toEqual([8, 1]);
  });

  it('is not asked for again when the message that it shows is here', async () => {
    const { host } = await ten();
    host.socket.push(pushed(11));
    host.socket.drop();
    await host.advance(250);
    const lastMessage = aMessage(11, { createdAt: host.environment.date() });
    await establish(host, aStatus({ ...standing(2, 9, 11, 20), lastMessage }));
    await host.advance(10_000);
    expect(statusesAsked(host)).toEqual([]);
  });
});
