import type { SocketEvent } from '../../../functions/handlers/socket-handler.ts';
import type { FramePoster, PostOutcome } from '../../../functions/push/transport/frame-poster.ts';
import { socketEvent } from '../../support/in-process/lambda-events.ts';
import type { Faults } from '../faults/faults.ts';
import type { Lambda } from './lambda.ts';
import type { Sandbox } from './sandbox.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** The client's end of a WebSocket. */
export interface FarEnd {
  readonly userId: string;
  received(text: string): void;
  closed(): void;
}

interface Connection {
  id: string;
  far: FarEnd;
  connectedAt: number;
  /** Of the table at that time: the authorizer notes it. */
  epoch: string;
  tokenExpiresAt: number;
  /** Nobody is at the other end any more, and API Gateway does not know. */
  isHalfOpen: boolean;
  /** The client takes nothing until then. */
  stuckUntil: number;
}

export interface Posted {
  userId: string;
  connectionId: string;
  text: string;
  sandbox: Sandbox;
}

const postMs = 3;
const postTimeoutMs = 1000;
const maxStuckMs = 40_000;
/** When API Gateway notices that nobody is at the other end. */
const noticedMs = 45_000;
const tokenLifeMs = 3_600_000;
const lifeMs = 2 * 3_600_000;

interface Parts {
  time: SimulatedTime;
  faults: Faults;
  socket: Socket;
  table: { readonly epoch: string };
}

type Socket = Lambda<SocketEvent, { statusCode: number }>;

/** API Gateway's WebSocket API: holds connections, calls the function for their events, and posts. */
export class Gateway {
  /** Told of every post before its fate is decided. */
  onPost: (posted: Posted) => void = () => {};
  readonly #time: SimulatedTime;
  readonly #faults: Faults;
  readonly #socket: Socket;
  readonly #table: { readonly epoch: string };
  readonly #open = new Map<string, Connection>();
  #opened = 0;

  constructor({ time, faults, socket, table }: Parts) {
    this.#time = time;
    this.#faults = faults;
    this.#socket = socket;
    this.#table = table;
  }

  /** The upgrade. Undefined when it is refused. */
  async connect(far: FarEnd): Promise<string | undefined> {
    const now = this.#time.clock();
    const connection: Connection = {
      ...{ id: `c${++this.#opened}-${far.userId}`, far, connectedAt: now },
      ...{ tokenExpiresAt: now + tokenLifeMs, isHalfOpen: false, stuckUntil: 0 },
      epoch: this.#table.epoch,
    };
    const answered = await this.#socket.invoke(
      socketEvent('CONNECT', connection.id, event(connection)),
    );
    const isIn = answered.outcome === 'answered' && answered.value.statusCode === 200;
    if (!isIn) return undefined;
    this.#open.set(connection.id, connection);
    this.#time.after(lifeMs, () => this.#closeFromHere(connection.id));
    return connection.id;
  }

  /** A frame of the client. */
  frame(connectionId: string, text: string): void {
    const connection = this.#open.get(connectionId);
    if (!connection || connection.isHalfOpen) return;
    void this.#socket.invoke(socketEvent('MESSAGE', connectionId, event(connection), text));
  }

  /** The client has gone: cleanly, or so that API Gateway finds out later. */
  leave(connectionId: string, how: 'clean' | 'half'): void {
    const connection = this.#open.get(connectionId);
    if (!connection) return;
    connection.isHalfOpen = true;
    if (how === 'clean') this.#end(connection);
    else this.#time.after(noticedMs, () => this.#end(connection));
  }

  posterFor(sandbox: Sandbox): FramePoster {
    const call = (outcome: Promise<PostOutcome>) => sandbox.alive(outcome);
    return {
      post: (id, data) => call(this.#post(sandbox, id, data)),
      close: (id) => call(this.#close(id)),
      find: (id) => call(this.#find(id)),
    };
  }

  async #post(sandbox: Sandbox, id: string, text: string): Promise<PostOutcome> {
    await this.#time.wait(postMs);
    if (!sandbox.isAlive) return 'failed';
    const connection = this.#open.get(id);
    if (!connection) return 'gone';
    this.onPost({ userId: connection.far.userId, connectionId: id, text, sandbox });
    const fault = this.#faults.strike('post');
    switch (fault) {
      case '410':
        // API Gateway answers so only where the connection has ended.
        this.#closeFromHere(id);
        return 'gone';
      case '429':
        return 'refused';
      case 'failed':
        return 'failed';
      case 'crash before':
        return sandbox.end('crashed');
      case 'slow':
        await this.#time.wait(this.#time.below(postTimeoutMs));
        break;
      case 'stuck':
        connection.stuckUntil = this.#time.clock() + this.#time.below(maxStuckMs);
        break;
    }
    if (connection.stuckUntil > this.#time.clock()) return this.#hang();
    if (!this.#open.has(id)) return 'gone';
    if (!connection.isHalfOpen) connection.far.received(text);
    if (fault === 'crash after') return sandbox.end('crashed');
    return fault === 'answer lost' ? 'failed' : 'sent';
  }

  /** Its buffer is full, or nothing comes until the caller gives up. */
  async #hang(): Promise<PostOutcome> {
    if (this.#time.random() < 0.5) return 'refused';
    await this.#time.wait(postTimeoutMs);
    return 'failed';
  }

  async #close(id: string): Promise<PostOutcome> {
    await this.#time.wait(postMs);
    if (!this.#open.has(id)) return 'gone';
    if (this.#faults.strike('close')) return 'failed';
    this.#closeFromHere(id);
    return 'sent';
  }

  async #find(id: string): Promise<PostOutcome> {
    await this.#time.wait(postMs);
    return this.#open.has(id) ? 'sent' : 'gone';
  }

  #closeFromHere(id: string): void {
    const connection = this.#open.get(id);
    if (!connection) return;
    this.#end(connection);
    if (!connection.isHalfOpen) connection.far.closed();
  }

  #end(connection: Connection): void {
    if (!this.#open.delete(connection.id)) return;
    if (this.#faults.strike('disconnect') === 'not told') return;
    void this.#socket.invoke(socketEvent('DISCONNECT', connection.id, event(connection)));
  }
}

const event = ({ far, tokenExpiresAt, connectedAt, epoch }: Connection) => ({
  ...{ userId: far.userId, tokenExpiresAt, connectedAt, epoch },
});
