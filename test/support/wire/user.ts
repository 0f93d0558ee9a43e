import type { ErrorAnswer } from '@seenby/protocol/errors.ts';
import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { afterFile } from '../after-file.ts';
import { breachesOfAnswer, breachesOfFrame } from './contract.ts';
import { service, uniqueId } from './service.ts';
import { upgrade } from './upgrade.ts';
import type { WireClient } from './wire-client.ts';

export interface Answer<T = unknown> {
  status: number;
  body: T;
}

const open = new Set<WireClient>();

/** That all frames since it was called last were as the contract has them; called after each test. */
export function checkFrames(): void {
  const frames = [...open].flatMap((client) => client.takeUnchecked());
  expect(frames.flatMap(breachesOfFrame), 'frames against the contract').toEqual([]);
}

/** One HTTP request. A string body goes out as it is, anything else as JSON. */
export async function call<T>(
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<T>> {
  const response = await fetch(service.httpUrl + path, {
    method,
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const { status } = response;
  const answer = (await response.json()) as T;
  const called = { method, path: path.split('?')[0] ?? path };
  const breaches = breachesOfAnswer({ ...called, status, body: answer });
  expect(breaches, 'an answer against the contract').toEqual([]);
  return { status, body: answer };
}

/** Address of a WebSocket for a token in the query, as a browser without subprotocols gives it. */
export const socketUrl = (token?: string): string =>
  token === undefined ? service.wsUrl : `${service.wsUrl}?token=${encodeURIComponent(token)}`;

/** Somebody with a token, who may speak HTTP and open any number of connections. */
export class User {
  /** What the token says: not every issuer lets one choose. */
  readonly userId: string;
  readonly token: string;
  readonly #account: string;

  /** With a token that says these, where the issuer lets one choose. */
  static async create(label: string, name?: string, picture?: string): Promise<User> {
    const account = uniqueId(label);
    const claims = { ...(name && { name }), ...(picture && { picture }) };
    return new User(account, await service.issueToken({ account, ...claims }));
  }

  /** With this very id, where the issuer lets one choose. */
  static async named(account: string): Promise<User> {
    return new User(account, await service.issueToken({ account }));
  }

  static createAll(...labels: string[]): Promise<User[]> {
    return Promise.all(labels.map((label) => User.create(label)));
  }

  constructor(account: string, token: string) {
    this.#account = account;
    this.userId = decodeJwt(token).sub ?? '';
    this.token = token;
  }

  /** Another token of the same user. */
  issueToken(expiresInSeconds: number): Promise<string> {
    return service.issueToken({ account: this.#account, expiresInSeconds });
  }

  /** Whatever the answer is. */
  call<T = ErrorAnswer>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return call<T>(this.token, method, path, body);
  }

  /** The body of a successful answer. */
  async get<T>(path: string): Promise<T> {
    return this.#succeed('GET', path, undefined);
  }

  async post<T>(path: string, body: object): Promise<T> {
    return this.#succeed('POST', path, body);
  }

  async put<T>(path: string, body: object): Promise<T> {
    return this.#succeed('PUT', path, body);
  }

  /** A connection that has said hello. */
  async connect(token = this.token): Promise<WireClient> {
    const client = await this.open(token);
    await client.ask('connection_established', { type: 'hello' });
    return client;
  }

  /** A connection that has said nothing yet. */
  async open(token = this.token): Promise<WireClient> {
    const outcome = await upgrade({ url: socketUrl(token) });
    if (outcome.outcome === 'refused') throw new Error(`upgrade refused with ${outcome.status}`);
    const { client } = outcome;
    open.add(client);
    afterFile(() => {
      client.vanish();
      open.delete(client);
    });
    return client;
  }

  /** A connection that has these groups open. */
  async subscribe(...groupIds: string[]): Promise<WireClient> {
    const client = await this.connect();
    const replies = await client.request({ type: 'subscribe_group', groupIds }, groupIds.length);
    const refused = replies.find(({ type }) => type !== 'subscription_confirmed');
    if (refused) throw new Error(`not subscribed: ${JSON.stringify(refused)}`);
    return client;
  }

  async #succeed<T>(method: string, path: string, body: unknown): Promise<T> {
    const answer = await this.call<T>(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}
