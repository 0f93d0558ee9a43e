import { socketRoutes } from '@seenby/protocol/client-frames.ts';
import { httpRoutes } from '@seenby/protocol/http-requests.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseFrame } from '../../../functions/api/socket/parse-frame.ts';
import { runFrame } from '../../../functions/api/socket/run-frame.ts';
import type { SocketContext } from '../../../functions/api/socket/socket-context.ts';
import { budgets } from '../../../functions/limits/budget.ts';
import { Budgets } from '../../../functions/limits/budgets.ts';
import { frameBudgets } from '../../../functions/limits/frame-budgets.ts';
import { requestBudgets } from '../../../functions/limits/request-budgets.ts';
import { StoredBudgets } from '../../../functions/store/users/stored-budgets.ts';
import { PushHarness } from '../push/push-harness.ts';

let harness: PushHarness;
let context: SocketContext;
const groupId = 'team';

beforeEach(async () => {
  harness = await PushHarness.open();
  await harness.begin(groupId, ['alice', 'bob', 'carol']);
  const caller = await harness.connect('alice', groupId);
  const endsAt = harness.opened.time.now + 3_600_000;
  context = { service: harness.service, caller, endsAt, tokenExpiresAt: endsAt };
});

const run = (frame: object) => runFrame(context, parseFrame(JSON.stringify(frame)).frame);

/** Sends a frame until it is refused; answers how often that went well, and the refusal. */
async function untilRefused(frame: object, limit: number) {
  for (let done = 0; done <= limit; done++) {
    const outcome = await run(frame);
    if (!outcome.ok) return { done, ...outcome.problem };
  }
  throw new Error('nothing is refused');
}

describe('[SE9] every frame and route has a budget', () => {
  it('that lets a burst through and says how long to wait', () => {
    const all = [
      ...socketRoutes.map((route) => frameBudgets[route].budget),
      ...httpRoutes.map((route) => requestBudgets[route]),
    ];
    for (const { rate } of all) {
      expect(rate.burst).toBeGreaterThan(0);
      expect(rate.everyMs).toBeGreaterThan(0);
    }
  });

  it.each([
    ['hello', {}],
    ['ping', {}],
    ['unsubscribe_group', { groupId }],
    ['get_status', { groupIds: [groupId] }],
    ['subscribe_group', { groupId }],
  ] as const)('%s', async (type, fields) => {
    const { burst, everyMs } = frameBudgets[type].budget.rate;
    const refused = await untilRefused({ type, ...fields }, burst);
    expect(refused).toMatchObject({ done: burst, code: 'RATE_LIMITED', retryAfterMs: everyMs });
    harness.opened.time.now += everyMs;
    expect(await run({ type, ...fields })).toMatchObject({ ok: true });
  });

  it('counted in groups where a frame names several', async () => {
    const groupIds = Array.from({ length: 50 }, (_, i) => `group-${i}`);
    const { burst } = budgets.status.rate;
    const refused = await untilRefused({ type: 'get_status', groupIds }, burst);
    expect(refused).toMatchObject({ done: burst / 50, code: 'RATE_LIMITED' });
  });

  it('and so has what is no frame: after that it is not answered', async () => {
    const { burst } = budgets.unreadable.rate;
    const refused = await Promise.all(Array.from({ length: burst }, () => run({ type: 'no' })));
    expect(refused.every(({ ok }) => !ok)).toBe(true);
    expect(await run({ type: 'no' })).toEqual({ ok: true, value: [], pushes: [] });
  });
});

describe('[SE9] typing', () => {
  /** Twenty frames a second for ten seconds. */
  async function type(each: () => SocketContext = () => context): Promise<number> {
    let told = 0;
    for (let i = 0; i < 200; i++) {
      const outcome = await runFrame(each(), parseFrame(frame).frame);
      expect(outcome).toMatchObject({ ok: true, value: [] });
      if (outcome.ok) told += outcome.pushes.length;
      harness.opened.time.now += 50;
    }
    return told;
  }
  const frame = JSON.stringify({ type: 'typing', groupId });

  it('20 times a second is told once in three seconds, and costs no more than that', async () => {
    harness.opened.units.reset();
    expect(await type()).toBeLessThanOrEqual(4);
    expect(harness.opened.units.write).toBeLessThanOrEqual(4);
    expect(harness.opened.units.read).toBeLessThanOrEqual(4);
  });

  it('is told no more often when its frames reach many sandboxes', async () => {
    const newSandbox = (): SocketContext => {
      const { service, opened } = harness;
      const budgets = new Budgets(new StoredBudgets(opened.table), service.clock);
      return { ...context, service: { ...service, budgets } };
    };
    const sandboxes = Array.from({ length: 8 }, newSandbox);
    let i = 0;
    harness.opened.units.reset();
    const told = await type(() => sandboxes[i++ % sandboxes.length] ?? context);
    expect(told).toBeLessThanOrEqual(4);
    expect(told).toBeGreaterThan(0);
    expect(harness.opened.units.write).toBeLessThanOrEqual(4);
  });

  it('has a budget in each group', async () => {
    await harness.begin('other', ['alice', 'bob']);
    const here = await run({ type: 'typing', groupId });
    const there = await run({ type: 'typing', groupId: 'other' });
    expect([here, there]).toMatchObject([{ pushes: [{ groupId }] }, { pushes: [{}] }]);
  });

  it('in a group that one is not in is answered as ever', async () => {
    expect(await run({ type: 'typing', groupId: 'none' })).toMatchObject({
      problem: { code: 'NOT_FOUND' },
    });
  });
});

it('[SE9] mark_unread looks through messages only when it may act, and not through too many', async () => {
  const talk = await harness.begin('long', ['alice', 'bob']);
  for (let seq = 1; seq <= 150; seq++) {
    await talk.say('bob');
    talk.wait(600);
  }
  // The same twice is no second action.
  for (let i = 0; i < 100; i++) {
    await run({ type: 'mark_unread', groupId: 'long', fromSeq: 149 + (i % 2) });
  }
  harness.opened.units.reset();
  const refused = await run({ type: 'mark_unread', groupId: 'long', fromSeq: 1 });
  expect(refused).toMatchObject({ problem: { code: 'RATE_LIMITED' } });
  expect(harness.opened.units.read).toBeLessThanOrEqual(2);
});
