import type { Socket } from 'node:net';
import { between, type Random } from '../../../demo/simulator/random.ts';
import type { NetworkFault } from './plan.ts';

const minLatencyMs = 50;
const maxLatencyMs = 300;
const slowBytesPerSecond = 16_000;
const lostReplyShare = 0.3;

/** How often something was done to what passed. */
export interface DoneFaults {
  connections: number;
  resets: number;
  silenced: number;
  delayedChunks: number;
  slowedChunks: number;
  lostReplies: number;
}

/** A connection to the database, by way of the proxy. What is done to it depends on the fault of the moment. */
export class FaultyLink {
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #around: LinkAround;
  #isSilent = false;

  constructor(client: Socket, upstream: Socket, around: LinkAround) {
    this.#client = client;
    this.#upstream = upstream;
    this.#around = around;
    this.#pass(client, upstream, 'request');
    this.#pass(upstream, client, 'reply');
  }

  /** Nothing passes any more, and nobody is told. */
  silence(): void {
    this.#isSilent = true;
    this.#around.done.silenced += 1;
  }

  reset(): void {
    this.#around.done.resets += 1;
    this.#client.resetAndDestroy();
    this.#upstream.destroy();
  }

  #pass(from: Socket, to: Socket, kind: 'request' | 'reply'): void {
    let last = Promise.resolve();
    from.on('data', (chunk) => {
      if (this.#isSilent) return;
      if (kind === 'reply' && this.#losesReply()) return this.#loseReply();
      const delayMs = this.#delayOf(chunk);
      // In order: what was delayed is not overtaken.
      last = last
        .then(() => pauseFor(delayMs))
        .then(() => {
          if (!this.#isSilent && !to.destroyed) to.write(chunk);
        });
    });
    from.on('error', () => {});
    from.on('close', () => {
      this.#around.closed(this);
      void last.then(() => !this.#isSilent && to.end());
      // Of a silent one only the client's own end is heard.
      if (this.#isSilent && kind === 'request') to.destroy();
    });
  }

  #losesReply(): boolean {
    const { fault, random } = this.#around;
    return fault() === 'lost replies' && random() < lostReplyShare;
  }

  /** What was asked for is done, and who asked never hears of it. */
  #loseReply(): void {
    this.#around.done.lostReplies += 1;
    this.reset();
  }

  #delayOf({ length }: Buffer): number {
    const { fault, random, done } = this.#around;
    if (fault() === 'latency') {
      done.delayedChunks += 1;
      return between(random, minLatencyMs, maxLatencyMs);
    }
    if (fault() !== 'slow bytes') return 0;
    done.slowedChunks += 1;
    return (1000 * length) / slowBytesPerSecond;
  }
}

export interface LinkAround {
  fault(): NetworkFault | undefined;
  random: Random;
  done: DoneFaults;
  closed(link: FaultyLink): void;
}

const pauseFor = (delayMs: number): Promise<void> | undefined =>
  delayMs === 0 ? undefined : new Promise((resolve) => setTimeout(resolve, delayMs));
