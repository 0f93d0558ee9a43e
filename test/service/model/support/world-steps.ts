import fc from 'fast-check';
import type { Expected } from '../../../support/reference/reference-actions.ts';
import { type Person, userNamed } from './cast.ts';
import { person } from './message-steps.ts';
import { type Action, compare, passTime } from './step.ts';
import type { Delivery } from './stream-tap.ts';

export const giveReceipts: Action<{ by: Person; readReceipts: boolean }> = {
  name: 'giveReceipts',
  args: fc.record({
    by: fc.constantFrom('ann' as const, 'ben' as const),
    readReceipts: fc.boolean(),
  }),
  act(chat, world, { by, readReceipts }) {
    const userId = userNamed(chat, by);
    const changes = readReceipts === chat.receiptsOff.has(userId);
    if (readReceipts) chat.receiptsOff.delete(userId);
    else chat.receiptsOff.add(userId);
    const expected: Expected<object> = { ok: true, value: { readReceipts }, changes };
    return compare(
      world,
      `${userId} gives receipts: ${readReceipts}`,
      expected,
      () => world.served.act(userId, { route: 'PUT /me/settings', body: { readReceipts } }),
      (settings) => settings,
    );
  },
};

/** Days go by, and with them messages. */
export const waitDays: Action<{ days: number; hours: number }> = {
  name: 'waitDays',
  args: fc.record({ days: fc.integer({ min: 0, max: 4 }), hours: fc.nat(23) }),
  async act(chat, world, { days, hours }) {
    passTime(chat, world, (days * 24 + hours) * 3_600_000);
  },
};

/** The recorder catches up: with everything or with a part, in any order, some of it again. */
export const record: Action<Delivery> = {
  name: 'record',
  args: fc.record({
    late: fc.oneof(fc.constant(0), fc.nat(3)),
    order: fc.nat(10_000),
    again: fc.nat(4),
    batches: fc.integer({ min: 1, max: 3 }),
  }),
  act: (_chat, { served }, delivery) => served.record(delivery),
};

/** A device that was away since some answer ago, or is new. */
export const syncFromOld: Action<{ by: Person; back: number }> = {
  name: 'syncFromOld',
  args: fc.record({ by: person, back: fc.integer({ min: 1, max: 40 }) }),
  async act(chat, { served, clients }, { by, back }) {
    await clients.get(userNamed(chat, by))?.sync(served, chat, back);
  },
};
