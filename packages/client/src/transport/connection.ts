import type { ClientFrame } from '@seenby/protocol/client-frames.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { Environment } from './environment.ts';
import { probe } from './probe.ts';
import { renewalDelayMs } from './renewal-delay.ts';
import { retryDelayMs } from './retry-delay.ts';
import { errorOf, SeenbyError, toSeenbyError } from './seenby-error.ts';
import { Timers } from './timers.ts';
import type { Tokens } from './tokens.ts';
import { type ReceivedFrame, WebSocketTransport } from './websocket-transport.ts';

/** API Gateway ends a connection after ten minutes of silence. */
const heartbeatMs = 9 * 60_000;
const renewAgainMs = 60_000;
/** A transport that is replaced lives on a little, for the replies and pushes on their way. */
const retireMs = 5000;
/** Heard so long ago, a link may have died unnoticed. */
const quietMs = 15_000;
const tickMs = 30_000;
/** Timers of a page that is hidden come a minute late. One that is later was asleep. */
const asleepMs = 90_000;
/** A connection that lasted this long makes the next attempt a first one again. */
const settledMs = 5000;
/** With more connections than allowed, to be back at once would only push out another one. */
const failuresAfterTooMany = 10;

const helloWithinMs = 10_000;
/**
 * A service that all come back to at once answers late. Who gave up as early each time would have it work in vain,
 * and keep it busy.
 */
const laterHelloWithinMs = 30_000;

export interface ConnectionOptions {
  url: string;
  tokens: Tokens;
  host: Environment;
  /** Sent every nine minutes: anything that is replied to. */
  heartbeat: () => ClientFrame;
  /** Why a socket did not open: browsers do not say. */
  explain: () => Promise<SeenbyError>;
  onFrame: (frame: ReceivedFrame) => void;
  onStatus: (status: ConnectionStatus) => void;
}

/** Stays connected: reconnects when a transport is lost and replaces it before its time is over. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #timers: Timers<'retry' | 'renewal' | 'heartbeat' | 'check'>;
  /** Transports that were replaced, and may still bring what was under way. */
  readonly retiring: Timers<WebSocketTransport>;
  #current: WebSocketTransport | undefined;
  #next: WebSocketTransport | undefined;
  #status: ConnectionStatus = { state: 'closed' };
  #failures = 0;
  /** Grows with every attempt and closing: what was begun before is not carried on. */
  #round = 0;
  #tickedAt = 0;
  #askedAt = 0;
  #closed: SeenbyError | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#timers = new Timers(options.host);
    this.retiring = new Timers(options.host);
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  open(): void {
    if (this.#status.state !== 'closed') return;
    this.#closed = undefined;
    void this.#start();
  }

  /** What is asked from now on rejects with the error. */
  close(error: SeenbyError): void {
    this.#closed = error;
    if (this.#status.state === 'closed') return;
    this.#round += 1;
    this.#timers.stopAll();
    const transports = [this.#current, this.#next, ...this.retiring.keys];
    this.#current = undefined;
    this.#next = undefined;
    for (const each of transports) each?.end(error);
    this.#setStatus({ state: 'closed' });
  }

  /** The first reply to a frame; rejects with a SeenbyError. */
  async request(frame: ClientFrame): Promise<ReceivedFrame> {
    const transport = this.#current;
    if (!transport) throw this.#closed ?? new SeenbyError('OFFLINE', 'No connection.');
    try {
      return await transport.request(frame);
    } catch (error) {
      if (toSeenbyError(error).code === 'TIMEOUT') probe(transport, this.#options.host);
      throw error;
    }
  }

  /** A frame without a reply; lost when there is no connection. */
  send(frame: ClientFrame): void {
    this.#current?.send(frame);
    // A lost delivery is found out by the next heartbeat: it is not worth one of its own.
    if (frame.type === 'typing') this.#check();
  }

  /** The network, the page or its user is back: no need to wait. */
  wake(): void {
    if (this.#status.state === 'waiting') void this.#start();
    this.#check();
  }

  /** A link may have died unnoticed: after this something has to come, or it is asked for. */
  #check(): void {
    const transport = this.#current;
    if (!transport) return;
    const { host } = this.#options;
    const since = host.now();
    const ask = () => {
      if (transport.lastReceivedAt <= since) probe(transport, host);
    };
    const waitMs = transport.lastReceivedAt + quietMs - since;
    if (waitMs > 0) this.#timers.set('check', waitMs, ask);
    else ask();
  }

  async #start(): Promise<void> {
    const round = ++this.#round;
    this.#timers.stop('retry');
    if (!this.#current) this.#setStatus({ state: 'connecting' });
    try {
      const token = await this.#options.tokens.get();
      if (round === this.#round) this.#open(token);
    } catch (cause) {
      if (round === this.#round) this.#failed(toSeenbyError(cause));
    }
  }

  #open(token: string): void {
    const { host, url } = this.#options;
    const transport = new WebSocketTransport({
      url,
      token,
      host,
      onFrame: (frame, from) => this.#receive(frame, from, token),
      onEnd: (ended, error) => this.#ended(ended, error),
    });
    this.#next = transport;
    transport
      .request({ type: 'hello' }, this.#failures ? laterHelloWithinMs : helloWithinMs)
      .catch((error: SeenbyError) => transport.end(error));
  }

  #receive(frame: ReceivedFrame, transport: WebSocketTransport, token: string): void {
    if (frame.timestamp) this.#options.tokens.hear(frame.timestamp);
    const isEstablished = frame.type === 'connection_established' && transport === this.#next;
    if (isEstablished) this.#adopt(transport, token);
    this.#options.onFrame(frame);
    if (frame.type !== 'error' || !endsConnection(frame)) return;
    this.#options.tokens.forget();
    transport.end(errorOf(frame));
  }

  #adopt(transport: WebSocketTransport, token: string): void {
    const { host, tokens } = this.#options;
    const before = this.#current;
    this.#current = transport;
    this.#next = undefined;
    if (before) {
      this.retiring.set(before, retireMs, () => before.end(new SeenbyError('OFFLINE', 'Closed')));
    }
    const renewalMs = renewalDelayMs(tokens.leftMs(token), host.random);
    this.#timers.set('renewal', renewalMs, () => this.#renew());
    this.#tickedAt = host.date();
    this.#askedAt = host.now();
    this.#tick(transport);
    this.#setStatus({ state: 'connected' });
  }

  #ended(transport: WebSocketTransport, error: SeenbyError): void {
    if (transport === this.#next) {
      this.#next = undefined;
      void this.#explain(transport, error);
    } else if (transport === this.#current) {
      this.#lost(transport, error);
    } else {
      this.retiring.stop(transport);
    }
  }

  #lost(transport: WebSocketTransport, error: SeenbyError): void {
    this.#current = undefined;
    this.#timers.stopAll();
    const isSettled = this.#options.host.now() - transport.openedAt >= settledMs;
    if (isSettled) this.#failures = error.code === 'TOO_MANY' ? failuresAfterTooMany : 0;
    if (this.#next) this.#setStatus({ state: 'connecting', error });
    else this.#retry(error);
  }

  async #explain({ unsent }: WebSocketTransport, error: SeenbyError): Promise<void> {
    const round = this.#round;
    const isUntold = unsent && error.code === 'OFFLINE';
    const cause = isUntold ? await this.#options.explain() : error;
    if (round === this.#round) this.#failed(cause);
  }

  /** An attempt came to nothing, and the token may be why. */
  #failed(error: SeenbyError): void {
    this.#options.tokens.forget();
    if (this.#current) {
      this.#timers.set('renewal', renewAgainMs, () => this.#renew());
      // Of one whose token has run out meanwhile the service says so.
      probe(this.#current, this.#options.host);
    } else this.#retry(error);
  }

  #retry(error: SeenbyError): void {
    const retryIn = retryDelayMs(this.#failures, this.#options.host.random);
    this.#failures += 1;
    this.#round += 1;
    this.#timers.set('retry', retryIn, () => void this.#start());
    this.#setStatus({ state: 'waiting', error, retryIn });
  }

  #renew(): void {
    if (!this.#current || this.#next) return;
    this.#options.tokens.forget();
    void this.#start();
  }

  /** Costs nothing but a look at the clocks, until it is time or the device was asleep. */
  #tick(transport: WebSocketTransport): void {
    const { host, heartbeat } = this.#options;
    const date = host.date();
    const isAwake = date - this.#tickedAt < tickMs + asleepMs;
    this.#tickedAt = date;
    let waitMs = this.#askedAt + heartbeatMs - host.now();
    if (waitMs <= 0 || !isAwake) {
      probe(transport, host, heartbeat());
      this.#askedAt = host.now();
      waitMs = heartbeatMs;
    }
    this.#timers.set('heartbeat', Math.min(tickMs, waitMs), () => this.#tick(transport));
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    this.#options.onStatus(status);
  }
}

/** Sent before the service deletes a connection; with a `requestId`, TOO_MANY answers a frame. */
const endsConnection = ({ code, requestId }: ReceivedFrame & { type: 'error' }): boolean =>
  code === 'TOKEN_EXPIRED' || (code === 'TOO_MANY' && !requestId);
