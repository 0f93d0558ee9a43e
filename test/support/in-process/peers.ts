import type { FramePoster, PostOutcome } from '../../../functions/push/transport/frame-poster.ts';

/** The far end of a WebSocket connection. */
export interface Peer {
  userId: string;
  /** When its token runs out, in epoch milliseconds. */
  tokenExpiresAt: number;
  /** When the connection was made. */
  connectedAt: number;
  receive(text: string): void;
  closed(): void;
}

/** The connections that API Gateway holds, and the way to post to them. */
export class Peers implements FramePoster {
  readonly #byId = new Map<string, Peer>();
  readonly #epochs = new Map<string, string | undefined>();

  get(connectionId: string): Peer | undefined {
    return this.#byId.get(connectionId);
  }

  add(connectionId: string, peer: Peer, epoch?: string): void {
    this.#byId.set(connectionId, peer);
    this.#epochs.set(connectionId, epoch);
  }

  /** What the authorizer said of the table when the connection was made. */
  epochOf(connectionId: string): string | undefined {
    return this.#epochs.get(connectionId);
  }

  /** The connection has ended; answers whose it was. */
  remove(connectionId: string): Peer | undefined {
    const peer = this.#byId.get(connectionId);
    this.#byId.delete(connectionId);
    return peer;
  }

  async post(connectionId: string, data: string): Promise<PostOutcome> {
    this.#byId.get(connectionId)?.receive(data);
    return this.find(connectionId);
  }

  async close(connectionId: string): Promise<PostOutcome> {
    const peer = this.remove(connectionId);
    peer?.closed();
    return peer ? 'sent' : 'gone';
  }

  async find(connectionId: string): Promise<PostOutcome> {
    return this.#byId.has(connectionId) ? 'sent' : 'gone';
  }
}
