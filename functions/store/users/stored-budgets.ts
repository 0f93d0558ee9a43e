import {
  latestOf,
  type Rate,
  type RateDecision,
  takeFrom,
  windowOf,
} from '@seenby/core/rate-limit.ts';
import { budgetKey } from '../dynamodb/keys.ts';
import type { Item, Table } from '../dynamodb/table.ts';

export interface Taking {
  /** When the next call was on schedule, as far as the caller knows. */
  known: number;
  now: number;
  cost: number;
}

/** The decision, and when the next call is on schedule as the row has it. */
export interface Taken {
  decision: RateDecision;
  nextActionAt: number;
}

/** The row goes by itself once the budget is whole again. */
const keptSeconds = 60;

/**
 * What users have used of their budgets: a row for each that is not whole. A call is one update
 * without a read before it. Its condition is that of an idle budget or of one in use, whichever the
 * caller knows; only a wrong guess costs a second one.
 */
export class StoredBudgets {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async take(of: { userId: string; name: string }, rate: Rate, taking: Taking): Promise<Taken> {
    const { known, now, cost } = taking;
    const key = budgetKey(of.userId, of.name);
    const guesses = known > now ? ([true, false] as const) : ([false, true] as const);
    let nextActionAt = known;
    for (const inUse of guesses) {
      const written = await this.#write(key, inUse, rate, taking);
      const item = written.outcome === 'written' ? written.item : written.current;
      nextActionAt = nextOf(item);
      if (written.outcome === 'written') {
        return { decision: { outcome: 'allowed', nextActionAt }, nextActionAt };
      }
      const decision = takeFrom(rate, nextActionAt, now, cost);
      if (decision.outcome === 'limited') return { decision, nextActionAt };
    }
    // Others of the same user came between the two, each time.
    const retryAfterMs = Math.ceil(rate.everyMs);
    return { decision: { outcome: 'limited', retryAfterMs }, nextActionAt };
  }

  #write(key: ReturnType<typeof budgetKey>, inUse: boolean, rate: Rate, taking: Taking) {
    const { now, cost } = taking;
    const step = Math.round(cost * rate.everyMs);
    const expiresAt = Math.ceil((now + windowOf(rate)) / 1000) + keptSeconds;
    const [next, condition, values] = inUse
      ? [
          'nextAt + :step',
          'nextAt BETWEEN :now AND :latest',
          { ':step': step, ':now': now, ':latest': now + windowOf(rate) - step },
        ]
      : [
          ':next',
          'attribute_not_exists(nextAt) OR nextAt <= :now OR nextAt > :believed',
          { ':next': now + step, ':now': now, ':believed': latestOf(rate, now) },
        ];
    return this.#table.update({
      Key: key,
      UpdateExpression: `SET nextAt = ${next}, expiresAt = :expiresAt`,
      ConditionExpression: condition,
      ExpressionAttributeValues: { ...values, ':expiresAt': expiresAt },
    });
  }
}

const nextOf = (item: Item | undefined): number => (item?.nextAt as number | undefined) ?? 0;
