import { type RateDecision, takeFrom } from '@seenby/core/rate-limit.ts';
import { BoundedMap } from '../runtime/bounded-map.ts';
import type { Clock } from '../runtime/timing.ts';
import type { StoredBudgets } from '../store/users/stored-budgets.ts';
import type { Budget } from './budget.ts';

/** More users than a sandbox serves within the time that a budget takes to be whole again. */
const maxKept = 20_000;

/** Takes calls from users' budgets. What this sandbox knows is used up costs no request. */
export class Budgets {
  readonly #stored: StoredBudgets;
  readonly #clock: Clock;
  /** When the next call is on schedule, by user and budget. */
  readonly #nextAt = new BoundedMap<string, number>(maxKept);

  constructor(stored: StoredBudgets, clock: Clock) {
    this.#stored = stored;
    this.#clock = clock;
  }

  /** `part` distinguishes budgets of one kind, as those of a user in several groups. */
  async take(userId: string, budget: Budget, cost = 1, part = ''): Promise<RateDecision> {
    const name = part === '' ? budget.name : `${budget.name}#${part}`;
    const key = `${userId}#${name}`;
    const known = this.#nextAt.get(key) ?? 0;
    const now = this.#clock();
    if (cost === 0) return { outcome: 'allowed', nextActionAt: known };
    const here = takeFrom(budget.rate, known, now, cost);
    if (here.outcome === 'limited' || budget.kept === 'sandbox') return this.#note(key, here);
    const taken = await this.#stored.take({ userId, name }, budget.rate, { known, now, cost });
    this.#nextAt.set(key, taken.nextActionAt);
    return taken.decision;
  }

  /** Whether this sandbox knows that nothing is left; takes nothing. */
  isSpent(userId: string, budget: Budget, part: string): boolean {
    const known = this.#nextAt.get(`${userId}#${budget.name}#${part}`) ?? 0;
    return takeFrom(budget.rate, known, this.#clock()).outcome === 'limited';
  }

  #note(key: string, decision: RateDecision): RateDecision {
    if (decision.outcome === 'allowed') this.#nextAt.set(key, decision.nextActionAt);
    return decision;
  }
}
