import type { Off } from './emitter.ts';
import type { Environment } from './environment.ts';
import type { ConnectionStatus } from './events.ts';
import { Link, type ReceivedFrame } from './link.ts';
import { retryDelayMs } from './retry-delay.ts';
import { SeenbyError, toSeenbyError } from './seenby-error.ts';
import type { Ask } from './session.ts';
import { expiryOf, type Tokens } from './tokens.ts';

/** API Gateway ends a connection after ten minutes of silence … */
const heartbeatMs = 9 * 60_000;
/** … and after two hours in any case; some time before that it is replaced, not everybody's at once. */
const renewAfterMs = 100 * 60_000;
const renewSpreadMs = 15 * 60_000;
const renewAgainMs = 60_000;
const beforeExpiryMs = 60_000;
/** A link that is replaced lives on a little, for the replies and pushes on their way. */
const retireMs = 5000;
const probeMs = 5000;
const quietMs = 30_000;
/** A connection that lasted this long makes the next attempt a first one again. */
const settledMs = 5000;

export interface ConnectionOptions {
  url: string;
  tokens: Tokens;
  environment: Environment;
  /** Sent in place of silence: anything that is replied to. */
  heartbeat: () => Ask;
  onFrame: (frame: ReceivedFrame) => void;
  onStatus: (status: ConnectionStatus) => void;
}

/** Stays connected: reconnects when a link is lost and replaces it before its time is over. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #timers = new Map<'retry' | 'renewal' | 'heartbeat', Off>();
  readonly #retiring = new Map<Link, Off>();
  #current: Link | undefined;
  #next: Link | undefined;
  #status: ConnectionStatus = { state: 'closed' };
  #failures = 0;
  /** Moves with every opening and closing: what was begun before is not carried on. */
  #round = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  open(): void {
    if (this.#status.state !== 'closed') return;
    this.#round += 1;
    void this.#start();
  }

  close(): void {
    if (this.#status.state === 'closed') return;
    this.#round += 1;
    for (const name of [...this.#timers.keys()]) this.#stopTimer(name);
    const links = [this.#current, this.#next, ...this.#retiring.keys()];
    this.#current = undefined;
    this.#next = undefined;
    for (const link of links) link?.end(new SeenbyError('CLOSED', 'The client was closed.'));
    this.#setStatus({ state: 'closed' });
  }

  /** The first reply to a frame; rejects with a SeenbyError. */
  async ask(frame: Ask): Promise<ReceivedFrame> {
    const link = this.#current;
    if (!link) throw new SeenbyError('OFFLINE', 'There is no connection.');
    try {
      return await link.ask(frame);
    } catch (error) {
      if (error instanceof SeenbyError && error.code === 'TIMEOUT') this.#probe(link);
      throw error;
    }
  }

  tell(frame: Ask): void {
    this.#current?.tell(frame);
  }

  /** The network or the page is back: no need to wait, and a link may have died unnoticed. */
  wake(): void {
    if (this.#status.state === 'waiting') void this.#start();
    const link = this.#current;
    if (link && this.#options.environment.now() - link.lastActiveAt > quietMs) this.#probe(link);
  }

  async #start(): Promise<void> {
    const { environment, tokens, url } = this.#options;
    const round = this.#round;
    this.#stopTimer('retry');
    if (!this.#current) this.#setStatus({ state: 'connecting' });
    try {
      const token = await tokens.get();
      if (round !== this.#round) return;
      const link = new Link({
        url,
        token,
        environment,
        onFrame: (frame, from) => this.#receive(frame, from, token),
        onEnd: (ended, error) => this.#ended(ended, error),
      });
      this.#next = link;
      link.ask({ type: 'hello' }).catch((error: SeenbyError) => link.end(error));
    } catch (cause) {
      if (round === this.#round) this.#failed(toSeenbyError(cause));
    }
  }

  #receive(frame: ReceivedFrame, link: Link, token: string): void {
    if (frame.type === 'connection_established' && link === this.#next) this.#adopt(link, token);
    this.#options.onFrame(frame);
    if (frame.type !== 'error' || frame.code !== 'TOKEN_EXPIRED') return;
    this.#options.tokens.forget();
    link.end(new SeenbyError(frame.code, frame.message));
  }

  #adopt(link: Link, token: string): void {
    const before = this.#current;
    this.#current = link;
    this.#next = undefined;
    if (before) this.#retire(before);
    this.#planRenewal(token);
    this.#planHeartbeat(link);
    this.#setStatus({ state: 'connected' });
  }

  #retire(link: Link): void {
    const end = () => link.end(new SeenbyError('OFFLINE', 'The connection was replaced.'));
    this.#retiring.set(link, this.#options.environment.after(retireMs, end));
  }

  #ended(link: Link, error: SeenbyError): void {
    if (link === this.#next) {
      this.#next = undefined;
      this.#failed(error);
    } else if (link === this.#current) {
      const { environment } = this.#options;
      this.#current = undefined;
      this.#stopTimer('renewal');
      this.#stopTimer('heartbeat');
      if (environment.now() - link.openedAt >= settledMs) this.#failures = 0;
      if (this.#next) this.#setStatus({ state: 'connecting', error });
      else this.#retry(error);
    } else {
      this.#retiring.get(link)?.();
      this.#retiring.delete(link);
    }
  }

  /** An attempt came to nothing. The token may be why: a refused upgrade does not say. */
  #failed(error: SeenbyError): void {
    this.#options.tokens.forget();
    if (this.#current) this.#setTimer('renewal', renewAgainMs, () => this.#renew());
    else this.#retry(error);
  }

  #retry(error: SeenbyError): void {
    const { environment } = this.#options;
    const retryIn = retryDelayMs(this.#failures, environment.random);
    this.#failures += 1;
    this.#setTimer('retry', retryIn, () => void this.#start());
    this.#setStatus({ state: 'waiting', error, retryIn });
  }

  #planRenewal(token: string): void {
    const { now, random } = this.#options.environment;
    const lifeMs = renewAfterMs + random() * renewSpreadMs;
    const leftMs = (expiryOf(token) ?? Infinity) - now();
    // A clock that is wrong here must not make us renew without end.
    const beforeEndMs = Math.max(quietMs, leftMs - beforeExpiryMs * (1 + random()));
    this.#setTimer('renewal', Math.min(lifeMs, beforeEndMs), () => this.#renew());
  }

  #renew(): void {
    if (!this.#current || this.#next) return;
    this.#options.tokens.forget();
    void this.#start();
  }

  #planHeartbeat(link: Link): void {
    const { environment, heartbeat } = this.#options;
    const idleMs = environment.now() - link.lastActiveAt;
    if (idleMs >= heartbeatMs) this.#probe(link, heartbeat());
    const waitMs = idleMs >= heartbeatMs ? heartbeatMs : heartbeatMs - idleMs;
    this.#setTimer('heartbeat', waitMs, () => this.#planHeartbeat(link));
  }

  /**
   * A link on which nothing comes is dead, whatever its socket says. One on which other things come
   * is slow: to leave it would give a busy service a new connection to make as well.
   */
  #probe(link: Link, frame: Ask = { type: 'ping' }): void {
    const askedAt = this.#options.environment.now();
    link.ask(frame, probeMs).catch((error: SeenbyError) => {
      const isSilent = (link.lastReceivedAt ?? 0) < askedAt;
      if (error.code === 'TIMEOUT' && isSilent) link.end(error);
    });
  }

  #setTimer(name: 'retry' | 'renewal' | 'heartbeat', delayMs: number, run: () => void): void {
    this.#stopTimer(name);
    this.#timers.set(name, this.#options.environment.after(delayMs, run));
  }

  #stopTimer(name: 'retry' | 'renewal' | 'heartbeat'): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    this.#options.onStatus(status);
  }
}
