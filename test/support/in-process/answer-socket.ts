import { socketEvent } from './lambda-events.ts';
import type { Peer } from './peers.ts';
import type { InProcessLambdas } from './wire-in-process.ts';

/** What API Gateway does with the events of connections to this process. */
export class SocketAnswerer {
  readonly #lambdas: InProcessLambdas;

  constructor(lambdas: InProcessLambdas) {
    this.#lambdas = lambdas;
  }

  /** False when the upgrade is refused. */
  async connect(connectionId: string, peer: Peer): Promise<boolean> {
    const { socket, peers } = this.#lambdas;
    const { epoch } = this.#lambdas;
    const { statusCode } = await socket(socketEvent('CONNECT', connectionId, peer));
    if (statusCode !== 200) return false;
    peers.add(connectionId, peer, epoch);
    return true;
  }

  async disconnect(connectionId: string): Promise<void> {
    const peer = this.#lambdas.peers.remove(connectionId);
    if (peer) await this.#lambdas.socket(socketEvent('DISCONNECT', connectionId, peer));
  }

  async frame(connectionId: string, text: string): Promise<void> {
    const { peers, socket } = this.#lambdas;
    const peer = peers.get(connectionId);
    if (!peer) return;
    const upgraded = { ...peer, epoch: peers.epochOf(connectionId) };
    await socket(socketEvent('MESSAGE', connectionId, upgraded, text));
  }
}
