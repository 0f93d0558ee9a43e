import type { Problem } from '@seenby/protocol/errors.ts';
import type { Environment } from './environment.ts';
import { SeenbyError, toSeenbyError } from './seenby-error.ts';
import { within } from './time-limit.ts';
import type { Tokens } from './tokens.ts';

/** API Gateway itself gives up after half a minute. */
const answerWithinMs = 30_000;

/** Requests to the service's HTTP API. */
export class Http {
  readonly #url: string;
  readonly #tokens: Tokens;
  readonly #host: Environment;
  /** Set while the client is closed: HTTP needs no connection, but what waits for one has to know. */
  closed: SeenbyError | undefined;

  constructor(url: string, tokens: Tokens, host: Environment) {
    this.#url = url.replace(/\/+$/, '');
    this.#tokens = tokens;
    this.#host = host;
  }

  /**
   * The body of a successful answer; rejects with a SeenbyError otherwise. With `keepalive` it goes on when the
   * page goes away.
   */
  async request<T>(method: string, path: string, body?: object, keepalive = false): Promise<T> {
    try {
      const answer = this.#request<T>(method, path, body, keepalive);
      return await within(this.#host, answerWithinMs, answer);
    } catch (cause) {
      throw toSeenbyError(cause);
    }
  }

  /** Outlives the page, which is going away: with a token at hand it is on its way at once. */
  async leave(path: string, body: object): Promise<void> {
    await this.#send('POST', path, body, true);
  }

  async #request<T>(
    method: string,
    path: string,
    body: object | undefined,
    keepalive: boolean,
  ): Promise<T> {
    const response = await this.#send(method, path, body, keepalive);
    if (response.status !== 401) return answerOf(response);
    this.#tokens.forget();
    return answerOf(await this.#send(method, path, body, keepalive));
  }

  async #send(method: string, path: string, body?: object, keepalive = false): Promise<Response> {
    const atHand = keepalive ? this.#tokens.atHand : undefined;
    const token = atHand ?? (await this.#tokens.get());
    return this.#host.fetch(this.#url + path, {
      method,
      keepalive,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const body = (await response.json().catch(() => ({}))) as T & { error?: Problem };
  if (response.ok) return body;
  const {
    code = 'INTERNAL',
    message = `HTTP ${response.status}`,
    ...more
  }: Partial<Problem> = body.error ?? {};
  throw new SeenbyError(code, message, more);
}

/** The query part of an address; what is undefined stays out. */
export function queryOf(values: object = {}): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const query = String(new URLSearchParams(given));
  return query && `?${query}`;
}
