import { DynamoDbError } from '../errors.ts';

/** A token that comes again within this time means the transaction that it came with first. */
const tokenLifetimeMs = 10 * 60_000;

interface Completed<T> {
  request: string;
  answer: T;
  atMs: number;
}

/** Transactions by the token of their request: one that is sent again is not made again. */
export class CompletedTransactions<T = unknown> {
  readonly #byToken = new Map<string, Completed<T>>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  find(token: string, request: string): T | undefined {
    this.#forgetOld();
    const completed = this.#byToken.get(token);
    if (completed === undefined) return undefined;
    if (completed.request === request) return completed.answer;
    throw new DynamoDbError(
      'IdempotentParameterMismatchException',
      'A request with this token and other parameters has been made',
    );
  }

  add(token: string, request: string, answer: T): void {
    this.#byToken.set(token, { request, answer, atMs: this.#nowMs() });
  }

  /** The oldest are the first in the map. */
  #forgetOld(): void {
    for (const [token, { atMs }] of this.#byToken) {
      if (this.#nowMs() - atMs < tokenLifetimeMs) return;
      this.#byToken.delete(token);
    }
  }
}
