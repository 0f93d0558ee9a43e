import { seenbyEventSchema } from '@seenby/protocol/events/service-events.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deliverEvent, type Webhook } from '../../../../functions/events/webhook/deliver-event.ts';
import type { PostOutcome } from '../../../../functions/events/webhook/post-event.ts';
import { pauseAfter } from '../../../../functions/events/webhook/retry-pause.ts';
import type { WebhookEvent } from '../../../../functions/events/webhook/webhook-event.ts';

const detail = { version: 1, groupId: 'team', userId: 'ann', change: 'left', role: 'member' };
const onBus = {
  ...{ version: '0', id: 'e-1', 'detail-type': 'member.changed', source: 'seenby' },
  ...{ account: '0', time: '2026-11-27T09:30:00Z', region: 'us-east-1', resources: [], detail },
};
let posted: WebhookEvent[];
let heldBack: [handle: string, ms: number][];
let warned: unknown[];

beforeEach(() => {
  [posted, heldBack, warned] = [[], [], []];
  vi.spyOn(console, 'warn').mockImplementation((line) => void warned.push(line));
});
afterEach(() => vi.restoreAllMocks());

const webhookThat = (outcome: PostOutcome): Webhook => ({
  post: async (event) => {
    posted.push(event);
    return outcome;
  },
  secret: async () => 'secret',
  holdBack: async (handle, ms) => void heldBack.push([handle, ms]),
  random: () => 1,
});
const deliver = (outcome: PostOutcome, attempts = 1) =>
  deliverEvent(webhookThat(outcome), {
    ...{ body: JSON.stringify(onBus), receiptHandle: 'r-1', attempts },
  });

describe('an event in the queue of the webhook', () => {
  it('is posted with the id and the time of the bus, as its schema has it', async () => {
    expect(await deliver({ outcome: 'taken' })).toBe(true);
    const body = JSON.parse(posted[0]?.body ?? '');
    expect(body).toEqual({
      id: 'e-1',
      type: 'member.changed',
      at: Date.UTC(2026, 10, 27, 9, 30),
      detail,
    });
    expect(seenbyEventSchema.safeParse(body).error).toBeUndefined();
    expect([posted[0]?.id, heldBack, warned]).toEqual(['e-1', [], []]);
  });

  it('stays, hidden for a while, where it is refused; the log says why, and not what it holds', async () => {
    expect(await deliver({ outcome: 'refused', why: 'HTTP 500' }, 3)).toBe(false);
    expect(heldBack).toEqual([['r-1', 45_000]]);
    expect(warned).toEqual([
      {
        what: 'an event was not taken',
        eventId: 'e-1',
        why: 'HTTP 500',
        attempts: 3,
        pauseMs: 45_000,
      },
    ]);
  });

  it('is hidden for as long as the receiver asks', async () => {
    await deliver({ outcome: 'refused', why: 'HTTP 429', retryAfterMs: 120_000 });
    expect(heldBack).toEqual([['r-1', 120_000]]);
  });
});

describe('the pause after an attempt', () => {
  const usual = (attempts: number) => pauseAfter(attempts, undefined, () => 1) / 1000;

  it('grows to a quarter of an hour, and a hundred attempts take a day', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 100].map(usual)).toEqual([5, 15, 45, 135, 405, 900, 900, 900]);
    const hours = Array.from({ length: 99 }, (_, i) => usual(i + 1)).reduce((a, b) => a + b) / 3600;
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThan(25);
  });

  it('is up to a fifth shorter by chance, so that events come apart', () => {
    expect(pauseAfter(1, undefined, () => 0)).toBe(4000);
  });

  it.each([
    [1000, 5000],
    [120_000, 120_000],
    [86_400_000, 3_600_000],
  ])('where the receiver asks for %i ms is %i', (asked, expected) => {
    expect(pauseAfter(1, asked, () => 1)).toBe(expected);
  });
});
