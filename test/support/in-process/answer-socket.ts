import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import { problemOf } from '../../../functions/api/problem-of.ts';
import { parseFrame } from '../../../functions/api/socket/parse-frame.ts';
import { runFrame } from '../../../functions/api/socket/run-frame.ts';
import { budgets } from '../../../functions/limits/budget.ts';
import type { Connection } from '../../../functions/store/users/connections.ts';
import type { Peer } from './peers.ts';
import type { InProcessParts } from './wire-in-process.ts';

const lifeMs = 2 * 3_600_000;

/** What the Lambda of the WebSocket API does, for connections of this process. */
export class SocketAnswerer {
  readonly #parts: InProcessParts;

  constructor(parts: InProcessParts) {
    this.#parts = parts;
  }

  /** False when the upgrade is refused. */
  async connect(connectionId: string, peer: Peer): Promise<boolean> {
    const { service, peers } = this.#parts;
    const taken = await service.budgets.take(peer.userId, budgets.connect);
    if (taken.outcome === 'limited') return false;
    const caller = { userId: peer.userId, connectionId };
    const surplus = await service.connections.add(caller, endOf(peer));
    peers.add(connectionId, peer);
    await Promise.all(surplus.map((each) => this.#end(each, 'TOO_MANY')));
    return true;
  }

  async disconnect(connectionId: string): Promise<void> {
    const { service, peers } = this.#parts;
    const peer = peers.remove(connectionId);
    if (peer) await service.connections.remove({ userId: peer.userId, connectionId });
  }

  async frame(connectionId: string, text: string): Promise<void> {
    const { service, peers, pusher } = this.#parts;
    const peer = peers.get(connectionId);
    if (!peer) return;
    const caller = { userId: peer.userId, connectionId };
    if (service.clock() >= peer.tokenExpiresAt) return this.#expire(caller);
    const { requestId, frame } = parseFrame(text);
    const { tokenExpiresAt } = peer;
    const context = { service, caller, tokenExpiresAt, endsAt: endOf(peer) };
    const outcome = await runFrame(context, frame).catch((error: unknown) => ({
      ok: false as const,
      problem: problemOf(error, { route: text.slice(0, 60), requestId: '' }),
    }));
    const replies: ServerFrame[] = outcome.ok
      ? outcome.value
      : [{ type: 'error', ...outcome.problem }];
    await Promise.all([
      ...replies.map((reply) => this.#send(caller, { ...reply, ...(requestId && { requestId }) })),
      outcome.ok ? pusher.push(outcome.pushes) : undefined,
    ]);
  }

  async #expire(caller: Connection): Promise<void> {
    await this.#parts.service.connections.remove(caller);
    await this.#end(caller, 'TOKEN_EXPIRED');
  }

  async #end(caller: Connection, code: 'TOO_MANY' | 'TOKEN_EXPIRED'): Promise<void> {
    await this.#send(caller, { type: 'error', code, message: code });
    await this.#parts.peers.close(caller.connectionId);
  }

  #send(caller: Connection, frame: ServerFrame): Promise<void> {
    return this.#parts.dispatcher.send(frame, [caller]);
  }
}

const endOf = ({ tokenExpiresAt, connectedAt }: Peer): number =>
  Math.min(tokenExpiresAt, connectedAt + lifeMs);
