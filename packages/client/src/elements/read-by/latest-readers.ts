import type { ReceiptLine } from '@seenby/protocol/entities.ts';
import type { SeenbyError } from '../../transport/seenby-error.ts';
import type { ElementGroup } from '../base/client-context.ts';

const maxShown = 8;
/** The list is asked for no more often than this, however fast people read. */
const reloadMs = 1000;

export type LatestReaders =
  | { readonly readers: readonly ReceiptLine[] }
  /** `isPrivate`: the user may not know. Otherwise they could not be asked for. */
  | { readonly readers: undefined; readonly isPrivate: boolean };

/** Those who read a message last, asked for anew while more read it. */
export class LatestReadersSource {
  readonly #told: (latest: LatestReaders) => void;
  #asked: { group: ElementGroup; seq: number; read: number } | undefined;
  #loading: object | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(told: (latest: LatestReaders) => void) {
    this.#told = told;
  }

  /** To be called with every change of the count. */
  ask(group: ElementGroup, seq: number, read: number): void {
    const asked = this.#asked;
    if (asked?.group === group && asked.seq === seq && asked.read === read) return;
    this.#asked = { group, seq, read };
    if (asked) this.#timer ??= setTimeout(() => void this.#load(), reloadMs);
    else void this.#load();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = undefined;
    this.#loading = undefined;
  }

  async #load(): Promise<void> {
    this.#timer = undefined;
    const asked = this.#asked;
    if (!asked) return;
    this.#loading = asked;
    const latest = await latestReaders(asked.group, asked.seq);
    // An earlier answer may come later.
    if (this.#loading === asked) this.#told(latest);
  }
}

async function latestReaders(group: ElementGroup, seq: number): Promise<LatestReaders> {
  try {
    // One more: the author is among them.
    const { members } = await group.listReaders(seq, {
      ...{ state: 'read', sort: 'time', limit: maxShown + 1 },
    });
    return { readers: members.filter(({ isSender }) => !isSender).slice(0, maxShown) };
  } catch (cause) {
    return { readers: undefined, isPrivate: (cause as SeenbyError).code === 'FORBIDDEN' };
  }
}
