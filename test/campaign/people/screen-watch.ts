import type { Screen } from '../checker/check-screens.ts';
import type { SdkPerson } from './sdk-person.ts';

const lookEveryMs = 100;

/** A screen, and since when each half of it has been as it is. Times are epoch milliseconds. */
export interface WatchedScreen {
  screen: Screen;
  /** Messages and the user's own state. */
  ownSince: number;
  countsSince: number;
  isSettled: boolean;
  /** Of its connection; that of the beginning if it is older than the watch. */
  connectedAt: number;
}

/** Notes when what somebody is shown has changed last. */
export class ScreenWatch {
  readonly #person: SdkPerson;
  #own = '';
  #counts = '';
  #ownSince = 0;
  #countsSince = 0;
  #connectedAt = Date.now();
  #isDirty = true;
  readonly #timer: NodeJS.Timeout;

  constructor(person: SdkPerson) {
    this.#person = person;
    person.group.subscribeState(() => {
      this.#isDirty = true;
    });
    person.client.on('connection', ({ state }) => {
      if (state === 'connected') this.#connectedAt = Date.now();
    });
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  take(): WatchedScreen {
    this.#look();
    return {
      ...{ screen: this.#person.screen(), isSettled: this.#person.isSettled },
      ...{ ownSince: this.#ownSince, countsSince: this.#countsSince },
      connectedAt: this.#connectedAt,
    };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    const { counts, ...own } = this.#person.screen();
    const [ownText, countsText] = [JSON.stringify(own), JSON.stringify(counts)];
    const now = Date.now();
    if (ownText !== this.#own) this.#ownSince = now;
    if (countsText !== this.#counts) this.#countsSince = now;
    this.#own = ownText;
    this.#counts = countsText;
  }
}
