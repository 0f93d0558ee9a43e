import type { Session } from '../session/session.ts';
import type { Environment } from '../transport/environment.ts';
import { Timers } from '../transport/timers.ts';

const shownMs = 6000;
const sendAgainMs = 3000;

/** Who is writing: told by a sign of life that has to come again and again. */
export class Typists {
  readonly #host: Environment;
  readonly #changed: () => void;
  readonly #shown: Timers<string>;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(host: Environment, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    this.#shown = new Timers(host);
  }

  get userIds(): readonly string[] {
    return this.#shown.keys;
  }

  typed(userId: string): void {
    this.#shown.set(userId, shownMs, () => this.stopped(userId));
    this.#changed();
  }

  stopped(userId: string): void {
    if (this.#shown.stop(userId)) this.#changed();
  }

  stop(): void {
    for (const userId of this.userIds) this.stopped(userId);
  }

  /** Whether it is time to tell the others again that this user is writing. */
  isDue(): boolean {
    const now = this.#host.now();
    if (now - this.#sentAt < sendAgainMs) return false;
    this.#sentAt = now;
    return true;
  }
}

interface TypedGroup {
  readonly session: Session;
  readonly groupId: string;
  readonly changed: () => void;
  typists?: Typists;
}

export function typistsOf(parts: TypedGroup): Typists {
  parts.typists ??= new Typists(parts.session.host, parts.changed);
  return parts.typists;
}

/** The user is writing: the others are told every few seconds. */
export function type(parts: TypedGroup): void {
  const { session, groupId } = parts;
  if (session.isConnected && typistsOf(parts).isDue()) session.send({ type: 'typing', groupId });
}
