import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Budget } from '../../../functions/limits/budget.ts';
import { Budgets } from '../../../functions/limits/budgets.ts';
import { StoredBudgets } from '../../../functions/store/users/stored-budgets.ts';
import { type OpenedService, openService } from '../../support/service/open-service.ts';

const few: Budget = { name: 'few', kept: 'stored', rate: { burst: 3, everyMs: 1000 } };
const here: Budget = { ...few, name: 'here', kept: 'sandbox' };
let opened: OpenedService;
let users = 0;
let userId = '';

const newSandbox = () => new Budgets(new StoredBudgets(opened.table), () => opened.time.now);

/** How many of `wanted` calls are allowed. */
async function allowed(budgets: Budgets, budget: Budget, wanted: number): Promise<number> {
  let count = 0;
  for (let i = 0; i < wanted; i++) {
    if ((await budgets.take(userId, budget)).outcome === 'allowed') count += 1;
  }
  return count;
}

beforeAll(async () => {
  opened = await openService();
});

beforeEach(() => {
  userId = `user-${++users}`;
  opened.units.reset();
});

describe('[SE9] a budget that is stored', () => {
  it('is the same in every sandbox, and fills up again', async () => {
    expect(await allowed(newSandbox(), few, 2)).toBe(2);
    expect(await allowed(newSandbox(), few, 5)).toBe(1);
    opened.time.now += 1000;
    expect(await allowed(newSandbox(), few, 5)).toBe(1);
    opened.time.now += 60_000;
    expect(await allowed(newSandbox(), few, 5)).toBe(3);
  });

  it('says when the next call may come, and not a millisecond later', async () => {
    const sandbox = newSandbox();
    await allowed(sandbox, few, 3);
    const refused = await newSandbox().take(userId, few);
    expect(refused).toEqual({ outcome: 'limited', retryAfterMs: 1000 });
    opened.time.now += 1000;
    expect(await allowed(sandbox, few, 2)).toBe(1);
  });

  it('is never overdrawn by calls at the same moment in many sandboxes', async () => {
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => newSandbox().take(userId, few)),
    );
    expect(taken.filter(({ outcome }) => outcome === 'allowed')).toHaveLength(3);
  });

  it('costs a write unit for a call, two at most, and nothing for a refusal known here', async () => {
    const sandbox = newSandbox();
    await allowed(sandbox, few, 3);
    expect([opened.units.write, opened.units.read]).toEqual([3, 0]);
    opened.units.reset();
    expect(await allowed(sandbox, few, 50)).toBe(0);
    expect(opened.units.requests).toEqual([]);
    expect(await allowed(newSandbox(), few, 50)).toBe(0);
    expect(opened.units.requests).toHaveLength(1);
  });

  it('takes several at once, all or none', async () => {
    const sandbox = newSandbox();
    expect(await sandbox.take(userId, few, 4)).toMatchObject({ outcome: 'limited' });
    expect(await sandbox.take(userId, few, 2)).toMatchObject({ outcome: 'allowed' });
    expect(await sandbox.take(userId, few, 2)).toMatchObject({ outcome: 'limited' });
    expect(await newSandbox().take(userId, few, 1)).toMatchObject({ outcome: 'allowed' });
  });

  it('is for one user alone', async () => {
    await allowed(newSandbox(), few, 3);
    userId = 'somebody-else';
    expect(await allowed(newSandbox(), few, 5)).toBe(3);
  });
});

it('[SE9] a budget of the sandbox costs no request at all', async () => {
  const sandbox = newSandbox();
  expect(await allowed(sandbox, here, 50)).toBe(3);
  opened.time.now += 2000;
  expect(await allowed(sandbox, here, 50)).toBe(2);
  expect(opened.units.requests).toEqual([]);
});
