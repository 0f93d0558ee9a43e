import { fetchToken } from '../../support/wire/http.ts';

/** Longer than a campaign takes. */
const expiresInSeconds = 4 * 3600;

/** Tokens of all users, each fetched once. */
export class Accounts {
  readonly #httpUrl: string;
  readonly #tokens = new Map<string, string>();

  constructor(httpUrl: string) {
    this.#httpUrl = httpUrl;
  }

  /** Rejects while nobody issues tokens. */
  async tokenOf(userId: string): Promise<string> {
    const known = this.#tokens.get(userId);
    if (known !== undefined) return known;
    const token = await fetchToken(this.#httpUrl, userId, { expiresInSeconds });
    this.#tokens.set(userId, token);
    return token;
  }
}
