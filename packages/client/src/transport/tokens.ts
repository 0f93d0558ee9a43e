import type { Environment } from './environment.ts';
import { SeenbyError } from './seenby-error.ts';
import { within } from './time-limit.ts';

/** Gives a token, as the app's own server issues it. */
export type GetToken = () => string | Promise<string>;

/** A token is not used in the last moments of its life. */
const marginMs = 30_000;
const givenWithinMs = 30_000;

/**
 * Keeps a token as long as it is good, so that not every request asks the app for one. Whether it is
 * good is judged by the service's clock, once the service has said what the time is.
 */
export class Tokens {
  readonly #getToken: GetToken;
  readonly #host: Environment;
  #current: Promise<string> | undefined;
  /** From the clock that never jumps to the service's time. */
  #offsetMs: number | undefined;
  /** The token at hand, for a moment in which there is no time to wait for one. */
  atHand: string | undefined;

  constructor(getToken: GetToken, host: Environment) {
    this.#getToken = getToken;
    this.#host = host;
  }

  /** The service has said what the time is. */
  hear(timestamp: number): void {
    this.#offsetMs = timestamp - this.#host.now();
  }

  /** How long a token is good for; infinite when it does not say. */
  leftMs(token: string): number {
    const { now, date } = this.#host;
    const time = this.#offsetMs === undefined ? date() : now() + this.#offsetMs;
    return (expiryOf(token) || Infinity) - time;
  }

  async get(): Promise<string> {
    if (this.atHand && this.leftMs(this.atHand) <= marginMs) this.forget();
    this.#current ??= this.#fetch();
    return this.#current;
  }

  /** The service does not take it any more. */
  forget(): void {
    this.#current = undefined;
    this.atHand = undefined;
  }

  async #fetch(): Promise<string> {
    try {
      const given = Promise.resolve().then(this.#getToken);
      const token = await within(this.#host, givenWithinMs, given);
      if (!token || !/^[\w.-]+$/.test(token)) throw new Error('not a token');
      this.atHand = token;
      return token;
    } catch (cause) {
      this.forget();
      throw new SeenbyError('NO_TOKEN', `getToken: ${cause}`, { cause });
    }
  }
}

/** When a JWT runs out, in epoch milliseconds; NaN or undefined when it does not say. */
function expiryOf(token: string): number | undefined {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))).exp * 1000;
  } catch {
    return undefined;
  }
}
