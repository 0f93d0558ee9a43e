/** Gives a token, as the app's own server issues it. */
export type GetToken = () => string | Promise<string>;

/** A token is not used in the last moments of its life. */
const marginMs = 30_000;

/** Keeps a token as long as it is good, so that not every request asks the app for one. */
export class Tokens {
  readonly #getToken: GetToken;
  readonly #now: () => number;
  #current: Promise<string> | undefined;
  /** The token at hand, for a moment in which there is no time to wait for one. */
  atHand: string | undefined;

  constructor(getToken: GetToken, now: () => number) {
    this.#getToken = getToken;
    this.#now = now;
  }

  async get(): Promise<string> {
    if (this.atHand !== undefined && this.#isOver(this.atHand)) this.forget();
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
      this.atHand = await this.#getToken();
      return this.atHand;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  #isOver(token: string): boolean {
    return (expiryOf(token) ?? Infinity) - marginMs <= this.#now();
  }
}

/** When a JWT runs out, in epoch milliseconds; undefined when it does not say. */
export function expiryOf(token: string): number | undefined {
  try {
    const [, payload = ''] = token.split('.');
    const { exp } = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
