import { Timers } from '../clock.ts';
import type { DemoSession } from '../demo-session.ts';
import { pauseMs } from '../people/behaviour-profile.ts';
import { Dialogue, type Language } from '../people/dialogue.ts';
import type { Member } from '../people/member.ts';
import { pick } from '../random.ts';

/** Members who are there say something every few seconds. */
export class LiveChat {
  readonly #members: readonly Member[];
  readonly #session: DemoSession;
  readonly #timers: Timers;
  readonly #dialogue: Dialogue<Member | undefined>;

  constructor(members: readonly Member[], session: DemoSession) {
    this.#members = members;
    this.#session = session;
    this.#timers = new Timers(session.clock);
    this.#dialogue = new Dialogue(session.random);
  }

  start(): void {
    this.#timers.set('next', pauseMs(this.#session.random), () => this.#sayNext());
  }

  stop(): void {
    this.#timers.stopAll();
  }

  #sayNext(): void {
    const { speaker, content } = this.#dialogue.next((language) => this.#somebody(language));
    const instead = speaker?.isConnected ? speaker : this.#somebody();
    instead?.say(content);
    this.start();
  }

  #somebody(language?: Language): Member | undefined {
    const present = this.#members.filter(({ isConnected }) => isConnected);
    const fluent = present.filter(({ person }) => person.language === language);
    return pick(this.#session.random, fluent.length > 0 ? fluent : present);
  }
}
