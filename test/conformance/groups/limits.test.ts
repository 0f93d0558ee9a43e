import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { User } from '../../support/wire/user.ts';

const actionsPerMinute = 100;
const intervalMs = 60_000 / actionsPerMinute;

/** The same once more would be no action. */
const badge = (n: number) => ({ fromSeq: 1 + (n % 2) });

interface Limited {
  error?: { code: string; retryAfterMs?: number };
}

/** Puts the own badge back, to another message each time, until that is refused; answers how often it went well, and the refusal. */
async function actUntilLimited(user: User, path: string) {
  for (let done = 0; done < 10 * actionsPerMinute; done++) {
    const answer = await user.call<Limited>('POST', `${path}/unread`, badge(done));
    if (answer.status >= 300) return { done, status: answer.status, ...answer.body };
  }
  throw new Error('nothing is limited');
}

describe('[SE3] a hundred actions a minute', () => {
  it('are what a member may do in a group; the next is refused, and says until when', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const here = await Conversation.start([alice, bob]);
    const there = await Conversation.start([alice, bob]);
    await Promise.all([here.say(alice), there.say(alice)]);
    await here.say(alice);
    const { groupId, path } = here;
    const client = await bob.connect();

    // Every kind of action counts: one is sent, one read, the rest put the own badge back.
    const startedAt = Date.now();
    await here.say(bob);
    await here.read(bob, 2);
    const limited = await actUntilLimited(bob, path);
    const earned = Math.ceil((Date.now() - startedAt) / intervalMs);
    expect(limited.done + 2).toBeGreaterThanOrEqual(actionsPerMinute);
    expect(limited.done + 2).toBeLessThanOrEqual(actionsPerMinute + earned);
    expect(limited).toMatchObject({ status: 429, error: { code: 'RATE_LIMITED' } });
    expect(limited.error?.retryAfterMs).toBeGreaterThan(0);
    expect(limited.error?.retryAfterMs).toBeLessThanOrEqual(intervalMs);

    // Another group is not touched, nor another member of this one.
    expect(await there.read(bob, 1)).toMatchObject({ changed: true });
    expect(await here.read(alice, 3)).toMatchObject({ changed: true });

    // More frames than are earned back meanwhile: what was refused has written nothing.
    const frames = Array.from({ length: 20 }, (_, i) => [
      { type: 'mark_unread', groupId, ...badge(i) },
      { type: 'send_message', groupId, clientMessageId: `m${i}`, content: 'x' },
    ]).flat();
    const replies = (await Promise.all(frames.map((frame) => client.request(frame)))).flat();
    const refused = replies.filter(({ type }) => type === 'error');
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) {
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) });
    }
    const sent = replies.filter(({ type }) => type === 'message_sent').length;
    expect((await here.status(alice)).unreadCount).toBe(sent);

    const last = { clientMessageId: 'last', content: 'x' };
    const say = async () => (await bob.call('POST', `${path}/messages`, last)).status;
    await expect.poll(say, { interval: 200 }).toBe(201);
  });

  it('leaves alone what changes nothing', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.say(alice);
    await conversation.read(bob, 1);
    for (let i = 0; i < actionsPerMinute + 10; i += 10) {
      const marks = Array.from({ length: 10 }, () => conversation.read(bob, 1));
      expect((await Promise.all(marks)).every(({ changed }) => !changed)).toBe(true);
    }
    await conversation.say(alice);
    expect(await conversation.read(bob, 2)).toMatchObject({ changed: true });
  });
});
