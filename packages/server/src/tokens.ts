import { SeenbyError } from './seenby-error.ts';

/** A token that runs out this soon is asked for anew: a request may take as long. */
const spareMs = 60_000;

/** A service token, kept for as long as it is valid. Requests that need one at once ask for it once. */
export class Tokens {
  readonly #getToken: () => Promise<string> | string;
  readonly #clock: () => number;
  #current: Promise<string> | undefined;
  #endsAt = 0;

  constructor(getToken: () => Promise<string> | string, clock: () => number) {
    this.#getToken = getToken;
    this.#clock = clock;
  }

  /** @throws SeenbyError NO_TOKEN. */
  get(): Promise<string> {
    if (this.#clock() >= this.#endsAt - spareMs) this.#current = undefined;
    this.#current ??= this.#fetch();
    return this.#current;
  }

  /** The service refuses the token. */
  forget(token: string): void {
    this.#current?.then((current) => {
      if (current === token) this.#endsAt = 0;
    });
  }

  async #fetch(): Promise<string> {
    this.#endsAt = Number.POSITIVE_INFINITY;
    try {
      const token = await this.#getToken();
      this.#endsAt = endOf(token) ?? Number.POSITIVE_INFINITY;
      return token;
    } catch (cause) {
      this.#endsAt = 0;
      throw new SeenbyError('NO_TOKEN', `There is no token: ${String(cause)}`, { cause });
    }
  }
}

/** When a JWT runs out, in epoch milliseconds; undefined where it does not say. */
function endOf(token: string): number | undefined {
  try {
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const { exp } = JSON.parse(claims) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
