import { fetchToken } from '../../support/wire/http.ts';
import { type Frame, type Request, WireClient } from '../../support/wire/wire-client.ts';
import type { Urls } from '../parts/cloud-host.ts';

/** A member with a plain client, that may have the group on the screen. */
export class Person {
  readonly userId: string;
  readonly groupId: string;
  readonly #urls: Urls;
  readonly #isWatching: boolean;
  #client: WireClient | undefined;

  constructor(userId: string, groupId: string, urls: Urls, isWatching: boolean) {
    this.userId = userId;
    this.groupId = groupId;
    this.#urls = urls;
    this.#isWatching = isWatching;
  }

  /** With a new token: that of an hour ago is no longer good. */
  async connect(): Promise<void> {
    const { httpUrl, wsUrl } = this.#urls;
    const token = await fetchToken(httpUrl, this.userId);
    this.#client = await WireClient.open(wsUrl, token, () => {});
    await this.ask({ type: 'hello' });
    const { groupId } = this;
    if (this.#isWatching) await this.ask({ type: 'subscribe_group', groupId });
  }

  async reconnect(): Promise<void> {
    this.close();
    await this.connect();
  }

  /** The reply; throws its code if it is an error, and `lost` if there is none. */
  async ask(frame: Request): Promise<Frame> {
    const reply = (await this.#client?.reply(frame)) ?? 'lost';
    if (reply === 'lost') throw new Error('lost');
    if (reply.type === 'error' || reply.type === 'subscription_error') throw new Error(reply.code);
    return reply;
  }

  close(): void {
    this.#client?.vanish();
    this.#client = undefined;
  }
}
