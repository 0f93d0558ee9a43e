import { SeenbyError } from '@seenby/client';
import { type KeptRecall, RecallStore } from './recall-store.ts';

/** How long somebody can change their mind. */
export const undoMs = 8000;
/** A tab that is gone cannot say so: another one waits this much longer for it. */
const otherTabMs = 3000;
const retryMs = 5000;

/**
 * `waiting` can be undone until `dueAt`; `sending` cannot; both are `isLate` once the service could not do it. A `failed`
 * one is shown again, with why.
 */
export type Recall =
  | { readonly state: 'waiting'; readonly dueAt: number; readonly isLate: boolean }
  | { readonly state: 'sending'; readonly isLate: boolean }
  | { readonly state: 'failed'; readonly cause: unknown };

export interface RecallHost {
  /** Rejects as `GroupHandle.recall` does. */
  recall(groupId: string, seq: number): Promise<void>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  now(): number;
  /** Calls back later, unless what it returns is called before. */
  after(delayMs: number, run: () => void): () => void;
}

const passing = new Set(['OFFLINE', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL', 'CLOSED', 'NO_TOKEN']);

/**
 * Recalls that their author can still undo. They are kept in storage: those of a page that went away before it
 * could send them are sent by the next one.
 */
export class DelayedRecalls {
  readonly #host: RecallHost;
  readonly #store: RecallStore;
  readonly #recalls = new Map<string, Recall>();
  readonly #timers = new Map<string, () => void>();
  readonly #listeners = new Set<() => void>();

  constructor(host: RecallHost, userId: string) {
    this.#host = host;
    this.#store = new RecallStore(host.storage, userId);
    for (const kept of this.#store.all()) this.#takeOver(kept);
  }

  /** The same object until it changes; undefined where nothing is to be recalled. */
  of(groupId: string, seq: number): Recall | undefined {
    return this.#recalls.get(keyOf({ groupId, seq }));
  }

  begin(groupId: string, seq: number): void {
    const dueAt = this.#host.now() + undoMs;
    this.#store.add({ groupId, seq, dueAt });
    this.#wait({ groupId, seq, dueAt }, undoMs, false);
  }

  /** Takes the recall back, or puts a failed one away. */
  undo(groupId: string, seq: number): void {
    if (this.of(groupId, seq)?.state !== 'sending') this.#end({ groupId, seq });
  }

  /** The page is going away: what waits is sent now. */
  sendAll(): void {
    for (const kept of this.#store.all()) {
      if (this.#recalls.get(keyOf(kept))?.state === 'waiting') void this.#send(kept);
    }
  }

  /** Calls back after every change. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Of this page alone: what is kept goes on with the next. */
  stop(): void {
    for (const stop of this.#timers.values()) stop();
    this.#timers.clear();
  }

  /** Of another tab, or of a page that is gone; the one that began it may still be there. */
  #takeOver(kept: KeptRecall): void {
    const delayMs = Math.max(0, kept.dueAt - this.#host.now()) + otherTabMs;
    this.#timers.set(
      keyOf(kept),
      this.#host.after(Math.min(delayMs, undoMs + otherTabMs), () => {
        if (this.#store.has(kept)) void this.#send(kept);
      }),
    );
  }

  #wait(kept: KeptRecall, delayMs: number, isLate: boolean): void {
    const key = keyOf(kept);
    this.#recalls.set(key, { state: 'waiting', dueAt: this.#host.now() + delayMs, isLate });
    this.#timers.get(key)?.();
    this.#timers.set(
      key,
      this.#host.after(delayMs, () => void this.#send(kept)),
    );
    this.#changed();
  }

  async #send(kept: KeptRecall): Promise<void> {
    const key = keyOf(kept);
    const before = this.#recalls.get(key);
    const isLate = before?.state === 'waiting' && before.isLate;
    this.#timers.get(key)?.();
    this.#recalls.set(key, { state: 'sending', isLate });
    this.#changed();
    try {
      await this.#host.recall(kept.groupId, kept.seq);
      this.#end(kept);
    } catch (cause) {
      this.#failed(kept, cause);
    }
  }

  #failed(kept: KeptRecall, cause: unknown): void {
    if (cause instanceof SeenbyError && passing.has(cause.code)) {
      this.#wait(kept, cause.retryAfterMs ?? retryMs, true);
      return;
    }
    this.#store.remove(kept);
    this.#recalls.set(keyOf(kept), { state: 'failed', cause });
    this.#changed();
  }

  #end(kept: Pick<KeptRecall, 'groupId' | 'seq'>): void {
    const key = keyOf(kept);
    this.#timers.get(key)?.();
    this.#timers.delete(key);
    this.#store.remove(kept);
    this.#recalls.delete(key);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Seqs have no space in them. */
const keyOf = ({ groupId, seq }: Pick<KeptRecall, 'groupId' | 'seq'>): string =>
  `${seq} ${groupId}`;
