import type { ReceivedServerFrame } from '@seenby/protocol/server-frames.ts';
import type { SimulatedService } from '../world/simulated-service.ts';

export type Reply = ReceivedServerFrame;

export interface HttpReply {
  status: number;
  body: Record<string, unknown>;
}

interface Line {
  userId: string;
  /** False when there is no connection. */
  send(text: string): unknown;
  /** A frame was not answered: the connection may be dead. */
  noAnswer(): void;
}

interface Open {
  frame: object;
  resolve: (reply: Reply | undefined) => void;
  callOff: () => void;
  /** Belongs to the connection: nobody asks again over another one. */
  isBound: boolean;
}

const answerMs = 8000;
const pauseMs = 1000;
/** Nobody repeats a request for ever. */
const maxAttempts = 40;

/** Requests that a client repeats until they are answered, over whichever connection it has by then. */
export class Requests {
  readonly #service: SimulatedService;
  readonly #line: Line;
  readonly #open = new Map<string, Open>();
  #sent = 0;
  #http = 0;
  #lose = 0;

  constructor(service: SimulatedService, line: Line) {
    this.#service = service;
    this.#line = line;
  }

  describe(): string {
    const frames = [...this.#open.values()].map(({ frame }) => JSON.stringify(frame));
    return `${this.#http} requests, ${frames.join()}`;
  }

  get pending(): number {
    return this.#open.size + this.#http;
  }

  /** The first reply to a frame; an error that repeating it may mend is no reply. */
  async frame(frame: object, { isBound = false } = {}): Promise<Reply | undefined> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const reply = await this.#once(frame, isBound);
      if (reply?.type !== 'error' || !isPassing(reply.code)) return reply;
      await this.#service.time.wait(reply.retryAfterMs ?? pauseMs);
    }
    return undefined;
  }

  async http(method: string, path: string, body?: object): Promise<HttpReply> {
    const { time, faults } = this.#service;
    this.#http++;
    try {
      for (let attempt = 1; ; attempt++) {
        const fault = faults.strike('client');
        await time.wait(fault === 'late' ? time.below(3000) : 5);
        const ask = () => this.#service.http(this.#line.userId, method, path, body);
        if (fault === 'twice') void ask();
        const answer = fault === 'request lost' ? undefined : await ask();
        const isKnown = answer !== undefined && fault !== 'answer lost';
        if (isKnown && (answer.status < 429 || attempt === maxAttempts)) return answer;
        if (attempt === maxAttempts) return { status: 0, body: {} };
        await time.wait(pauseMs);
      }
    } finally {
      this.#http--;
    }
  }

  /** A frame that nothing answers. */
  tell(frame: object): void {
    this.#line.send(JSON.stringify(frame));
  }

  /** What was not answered over the last connection goes over the new one. */
  connected(): void {
    for (const [requestId, open] of [...this.#open]) this.#send(requestId, open);
  }

  /** The connection is over. */
  disconnected(): void {
    for (const [requestId, { isBound, resolve, callOff }] of [...this.#open]) {
      callOff();
      if (!isBound) continue;
      this.#open.delete(requestId);
      resolve(undefined);
    }
  }

  answered(reply: Reply): void {
    const requestId = 'requestId' in reply ? reply.requestId : undefined;
    const open = requestId === undefined ? undefined : this.#open.get(requestId);
    if (!requestId || !open) return;
    if (this.#lose > 0) {
      this.#lose--;
      return;
    }
    open.callOff();
    this.#open.delete(requestId);
    open.resolve(reply);
  }

  /** The next answer does not arrive. */
  loseAnswer(): void {
    this.#lose++;
  }

  #once(frame: object, isBound = false): Promise<Reply | undefined> {
    return new Promise((resolve) => {
      const requestId = `r${++this.#sent}`;
      const open: Open = { frame, resolve, isBound, callOff: () => {} };
      this.#open.set(requestId, open);
      this.#send(requestId, open);
    });
  }

  #send(requestId: string, open: Open): void {
    open.callOff();
    const isSent = this.#line.send(JSON.stringify({ ...open.frame, requestId })) !== false;
    if (isSent) open.callOff = this.#service.time.after(answerMs, () => this.#line.noAnswer());
    if (isSent || !open.isBound) return;
    this.#open.delete(requestId);
    open.resolve(undefined);
  }
}

const isPassing = (code: string): boolean => code === 'INTERNAL' || code === 'RATE_LIMITED';
