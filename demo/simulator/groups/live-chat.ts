import { Timers } from '../clock.ts';
import type { DemoSession } from '../demo-session.ts';
import { pauseMs } from '../people/behaviour-profile.ts';
import { Dialogue } from '../people/dialogue.ts';
import type { Language } from '../people/language.ts';
import type { Member } from '../people/member.ts';
import { pick } from '../random.ts';

/** Members who are there say something every few seconds. */
export class LiveChat {
  readonly #members: readonly Member[];
  readonly #session: DemoSession;
  readonly #timers: Timers;
  readonly #dialogue: Dialogue<Member | undefined>;

  constructor(members: readonly Member[], session: DemoSession, language: Language) {
    this.#members = members;
    this.#session = session;
    this.#timers = new Timers(session.clock);
    this.#dialogue = new Dialogue(session.random, language);
  }

  start(): void {
    this.#timers.set('next', pauseMs(this.#session.random), () => this.#sayNext());
  }

  stop(): void {
    this.#timers.stopAll();
  }

  #sayNext(): void {
    const { speaker, content } = this.#dialogue.next(() => this.#somebody());
    const instead = speaker?.isConnected ? speaker : this.#somebody();
    instead?.say(content);
    this.start();
  }

  #somebody(): Member | undefined {
    const present = this.#members.filter(({ isConnected }) => isConnected);
    return pick(this.#session.random, present);
  }
}
