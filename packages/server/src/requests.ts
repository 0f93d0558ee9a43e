import { setTimeout as wait } from 'node:timers/promises';
import type { ErrorAnswer } from '@seenby/protocol/errors.ts';
import { errorOf, SeenbyError } from './seenby-error.ts';
import type { Tokens } from './tokens.ts';

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** What is undefined stays out. */
  query?: Readonly<Record<string, string | number | undefined>>;
  body?: object;
  /** The user to act for; nobody where it is left out. */
  actAs?: string;
}

export interface Surroundings {
  fetch: typeof fetch;
  wait: (ms: number) => Promise<unknown>;
  /** Epoch milliseconds. */
  clock: () => number;
  /** From 0 up to 1. */
  random: () => number;
}

export const realSurroundings: Surroundings = {
  fetch,
  wait,
  clock: Date.now,
  random: Math.random,
};

const maxAttempts = 5;
const firstPauseMs = 200;
/** API Gateway gives up after half a minute. */
const timeoutMs = 32_000;

/** Requests to the HTTP API, made again for as long as that may help. */
export class Requests {
  readonly #url: string;
  readonly #tokens: Tokens;
  readonly #around: Surroundings;

  constructor(url: string, tokens: Tokens, around: Surroundings) {
    this.#url = url.replace(/\/+$/, '');
    this.#tokens = tokens;
    this.#around = around;
  }

  /**
   * The body of the answer. Every request of this package may be made twice: what it asks for is done once. So one that
   * was not answered, was refused for its rate or failed in the service is made again, five times in all.
   *
   * @throws SeenbyError
   */
  async send<T>(request: Request): Promise<T> {
    let mayBeDone = false;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#try<T>(request);
      if ('body' in outcome) return outcome.body;
      const { error, retryAfterMs } = outcome;
      // An attempt before has taken it away, and its answer was lost.
      const isGone = error.code === 'NOT_FOUND' && request.method === 'DELETE';
      if (isGone && mayBeDone) return undefined as T;
      if (!passing.has(error.code) || attempt === maxAttempts) throw error;
      mayBeDone ||= error.code === 'OFFLINE' || error.code === 'INTERNAL';
      await this.#around.wait(retryAfterMs ?? this.#pauseAfter(attempt));
    }
  }

  async #try<T>({ method, path, query, body, actAs }: Request): Promise<Outcome<T>> {
    const token = await this.#tokens.get();
    try {
      const response = await this.#around.fetch(`${this.#url}${path}${textOf(query)}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(actAs !== undefined && { 'seenby-act-as': actAs }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status === 401) this.#tokens.forget(token);
      return await outcomeOf<T>(response);
    } catch (cause) {
      return { error: new SeenbyError('OFFLINE', String(cause), { cause }) };
    }
  }

  /** Twice as long each time, with equal jitter. */
  #pauseAfter(attempt: number): number {
    return firstPauseMs * 2 ** (attempt - 1) * (0.5 + this.#around.random());
  }
}

type Outcome<T> = { body: T } | { error: SeenbyError; retryAfterMs?: number | undefined };

const passing = new Set(['OFFLINE', 'INTERNAL', 'RATE_LIMITED', 'UNAUTHORIZED', 'TOKEN_EXPIRED']);

async function outcomeOf<T>(response: Response): Promise<Outcome<T>> {
  if (response.ok) return { body: (await response.json()) as T };
  const { error } = (await response.json().catch(() => ({}))) as Partial<ErrorAnswer>;
  const problem = error ?? { code: codeOf(response.status), message: `HTTP ${response.status}` };
  return { error: errorOf(problem), retryAfterMs: error?.retryAfterMs };
}

/** Of an answer of the gateway itself, which names none. */
function codeOf(status: number) {
  if (status === 429) return 'RATE_LIMITED';
  if (status === 401) return 'UNAUTHORIZED';
  return status >= 500 ? 'INTERNAL' : 'NOT_FOUND';
}

function textOf(query: Request['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}
