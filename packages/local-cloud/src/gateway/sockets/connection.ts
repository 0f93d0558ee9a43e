import type { WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';
import type { FrameTotals } from './frame-counts.ts';
import type { SocketPeer } from './socket-event.ts';
import type { SocketLimits } from './socket-limits.ts';

/** One open WebSocket. */
export class Connection {
  readonly peer: SocketPeer;
  readonly frames: FrameTotals;
  lastActiveAtMs: number;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #limits: SocketLimits;
  #cancelIdle: () => void = () => {};
  readonly #cancelLife: () => void;

  constructor(options: {
    peer: SocketPeer;
    socket: WebSocket;
    clock: Clock;
    limits: SocketLimits;
    frames: FrameTotals;
  }) {
    this.peer = options.peer;
    this.frames = options.frames;
    this.#socket = options.socket;
    this.#clock = options.clock;
    this.#limits = options.limits;
    this.lastActiveAtMs = options.clock.nowMs();
    this.#watchIdle(options.limits.idleMs);
    this.#cancelLife = options.clock.after(options.limits.lifeMs, () => this.close(1001));
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Sends a text frame behind those before it; resolves when the system has taken it. */
  send(data: string | Buffer): Promise<'sent' | 'gone' | 'full'> {
    if (!this.isOpen) return Promise.resolve('gone');
    if (this.#socket.bufferedAmount > this.#limits.maxBufferedBytes) return Promise.resolve('full');
    this.touch();
    this.frames.framesOut += 1;
    this.frames.bytesOut += Buffer.byteLength(data);
    return new Promise((resolve) => {
      this.#socket.send(data, { binary: false }, (error) => resolve(error ? 'gone' : 'sent'));
    });
  }

  countReceived(bytes: number): void {
    this.touch();
    this.frames.framesIn += 1;
    this.frames.bytesIn += bytes;
  }

  touch(): void {
    this.lastActiveAtMs = this.#clock.nowMs();
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  /** Ends the timers once the socket is closed. */
  forget(): void {
    this.#cancelIdle();
    this.#cancelLife();
  }

  // One timer that is set again for what is left, rather than one per frame.
  #watchIdle(delayMs: number): void {
    this.#cancelIdle = this.#clock.after(delayMs, () => {
      const leftMs = this.lastActiveAtMs + this.#limits.idleMs - this.#clock.nowMs();
      if (leftMs <= 0) this.close(1001);
      else this.#watchIdle(leftMs);
    });
  }
}
