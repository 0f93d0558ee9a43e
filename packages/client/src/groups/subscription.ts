import type { Session } from '../session/session.ts';
import { errorOf, pauseAfter, type SeenbyError } from '../transport/seenby-error.ts';

/** Whether a group is open on a screen, and that the service knows it. */
export class Subscription {
  readonly #session: Session;
  readonly #groupId: string;
  #openings = 0;
  #requested: Promise<void> = Promise.resolve();

  constructor(session: Session, groupId: string) {
    this.#session = session;
    this.#groupId = groupId;
  }

  /** Whether `open` was called more often than `close`. */
  get isOpen(): boolean {
    return this.#openings > 0;
  }

  /** When it rejects the group is not open. */
  async open(): Promise<void> {
    this.#openings += 1;
    if (this.#openings > 1) return;
    try {
      await this.#request('subscribe_group');
    } catch (error) {
      this.#openings -= 1;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#openings -= 1;
    if (!this.isOpen) await this.#request('unsubscribe_group');
  }

  /** Asks again how the group stands, if it is open. */
  renew(): void {
    if (this.isOpen) this.#request('subscribe_group').catch((error) => this.renewLater(error));
  }

  /** The group was not opened, and may be yet. */
  renewLater(error: SeenbyError): void {
    // The next connection begins with the groups that are open then.
    const pauseMs = error.code === 'OFFLINE' ? undefined : pauseAfter(error);
    if (pauseMs !== undefined) this.#session.host.after(pauseMs, () => this.renew());
  }

  /**
   * One after the other, since the service takes frames in any order; what is not wanted any more
   * when its turn comes is not asked. Without a connection nothing is sent: the next one begins with
   * the groups that are open then.
   */
  #request(type: 'subscribe_group' | 'unsubscribe_group'): Promise<void> {
    const requested = this.#requested.then(async () => {
      if (this.isOpen !== (type === 'subscribe_group')) return;
      const reply = await this.#session
        .request({ type, groupId: this.#groupId })
        .catch(unlessOffline);
      if (reply?.type === 'subscription_error') throw errorOf(reply);
    });
    this.#requested = requested.catch(() => {});
    return requested;
  }
}

function unlessOffline(error: SeenbyError): undefined {
  if (error.code !== 'OFFLINE') throw error;
}
