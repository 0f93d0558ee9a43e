import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { toMessageId } from '@seenby/protocol/ids/message-id.ts';
import { PendingStore } from '../pending/pending-store.ts';
import type { SendingSession } from '../pending/sending-session.ts';
import { pauseAfter, type SeenbyError } from '../transport/seenby-error.ts';
import { Throttle } from '../transport/throttle.ts';

/** What was played and the service has not confirmed: kept, and sent, as reads are, one message at a time. */
class PlayedMessages {
  readonly #session: PlayedSession;
  /** Of each group the set that reads have there. */
  readonly #pending: PendingStore;
  readonly #sending: Throttle;

  constructor(session: PlayedSession) {
    this.#session = session;
    this.#pending = new PendingStore(session.pending.storage);
    this.#sending = new Throttle({ host: session.host, run: () => this.#sendNext() });
    session.on('connection', ({ state }) => {
      if (state !== 'connected') this.#sending.cancel();
    });
  }

  add(groupId: string, seq: number): void {
    this.#pending.add(groupId, { read: setOfSeqs([seq]) });
    this.#sending.request();
  }

  /** There is a connection: what this user left behind, here or in another tab, is sent. */
  resume(): void {
    const { pending, userId } = this.#session;
    if (pending.key !== undefined) this.#pending.open(`${pending.key} played`, userId);
    this.#sending.request();
  }

  /** Answers how long the next one has to wait, if there is to be one. */
  async #sendNext(): Promise<number | undefined> {
    const session = this.#session;
    const [groupId] = this.#pending.groupIds;
    // The next connection resumes.
    if (groupId === undefined || !session.isConnected) return undefined;
    const seq = this.#pending.of(groupId).read[0]?.from ?? 0;
    try {
      await session.request({ type: 'mark_played', messageId: toMessageId({ groupId, seq }) });
    } catch (cause) {
      const error = cause as SeenbyError;
      if (!session.isConnected) return undefined;
      const pauseMs = pauseAfter(error);
      if (pauseMs !== undefined) return pauseMs;
      session.emit('error', { error, groupId });
    }
    this.#pending.settle(groupId, { read: setOfSeqs([seq]) });
    // No answer says where the user stands now: a badge that they put back may be gone as well.
    session.doubt(groupId, 0, true);
    return 0;
  }
}

/** What it needs of the client. */
export interface PlayedSession extends SendingSession {
  doubt(groupId: string, delayMs?: number, inAnyCase?: boolean): void;
}

const playedBy = new WeakMap<PlayedSession, PlayedMessages>();

function playedOf(session: PlayedSession): PlayedMessages {
  const played = playedBy.get(session) ?? new PlayedMessages(session);
  playedBy.set(session, played);
  return played;
}

interface PlayedGroup {
  readonly groupId: string;
  readonly parts: { readonly session: PlayedSession };
}

export function markPlayed({ groupId, parts }: PlayedGroup, seq: number): void {
  playedOf(parts.session).add(groupId, seq);
}

export const resumePlayed = (session: PlayedSession): void => playedOf(session).resume();
