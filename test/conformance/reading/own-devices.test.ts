import { describe, expect, it } from 'vitest';
import { groupWithMessages } from '../../support/fixtures/group-with-messages.ts';
import { bySeq, observe } from '../../support/wire/observation.ts';
import { shownCounts } from '../../support/wire/shown-counts.ts';

describe('[RD7] mark_unread', () => {
  it("moves the caller's own badge on all their devices, and nothing that others see", async () => {
    const { conversation, users, groupId } = await groupWithMessages(5);
    const [alice, bob] = users;
    const author = await alice.subscribe(groupId);
    await conversation.read(bob, 5);
    await author.next('read_status_update', ({ counts }) => counts?.[0]?.readCount === 2);
    const shared = async () => {
      const { history, lists, counts } = await observe(conversation);
      return { history, lists, counts: counts?.counts };
    };
    const before = await shared();
    const seen = author.received('read_status_update').length;
    const [client, device] = await Promise.all([bob.connect(), bob.connect()]);

    const frame = { type: 'mark_unread', groupId, fromSeq: 4 };
    const confirmed = await client.ask('mark_unread_confirmed', frame);
    expect(confirmed).toMatchObject({ groupId, unreadCount: 2 });
    expect(await device.next('read_position')).toMatchObject({ readSeq: 3, unreadCount: 2 });
    expect(await conversation.status(bob)).toMatchObject({ readSeq: 3, unreadCount: 2 });
    expect(await shared()).toEqual(before);

    expect(await conversation.read(bob, 5)).toMatchObject({ readSeq: 5, unreadCount: 0 });
    expect(await shared()).toEqual(before);

    // Whoever has the group open hears of the next message, and of no other change until then.
    await conversation.say(alice);
    await author.next('read_status_update', ({ counts = [] }) => bySeq(counts).has(6));
    const shown = shownCounts(author.received('read_status_update').slice(seen));
    for (const [seq, counts] of bySeq(before.counts ?? [])) {
      expect(shown.get(seq) ?? counts).toEqual(counts);
    }
  });

  it('is answered over HTTP as well', async () => {
    const { conversation, users, groupId } = await groupWithMessages(3);
    const [, bob] = users;
    await conversation.read(bob, 3);
    const answer = await bob.post(`${conversation.path}/unread`, { fromSeq: 1 });
    expect(answer).toMatchObject({ groupId, readSeq: 0, unreadCount: 3, lastSeq: 3 });
  });
});

describe('[RD8] reading on one device', () => {
  it.each(['a frame', 'HTTP'])(
    "reaches the member's other devices, and nobody else's: by %s",
    async (way) => {
      const { conversation, users, groupId } = await groupWithMessages(3);
      const [alice, bob] = users;
      const [phone, laptop, tablet] = await Promise.all([
        bob.connect(),
        bob.connect(),
        bob.connect(),
      ]);
      const author = await alice.subscribe(groupId);
      if (way === 'HTTP') await conversation.read(bob, 2);
      else await phone.ask('mark_read_confirmed', { type: 'mark_read', groupId, upTo: 2 });

      const others = way === 'HTTP' ? [phone, laptop, tablet] : [laptop, tablet];
      for (const device of others) {
        expect(await device.next('read_position')).toMatchObject({
          groupId,
          readSeq: 2,
          unreadCount: 1,
        });
      }
      await Promise.all([phone, author].map((client) => client.ask('pong', { type: 'ping' })));
      if (way !== 'HTTP') expect(phone.received('read_position')).toEqual([]);
      expect(author.received('read_position')).toEqual([]);
    },
  );
});
