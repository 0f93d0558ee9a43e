import { Timers } from './clock.ts';
import { Dialogue, type Language } from './dialogue.ts';
import { pauseMs } from './habits.ts';
import type { Member } from './member.ts';
import { pick } from './random.ts';
import type { Stage } from './stage.ts';

/** Members who are there say something every few seconds. */
export class LiveChat {
  readonly #members: readonly Member[];
  readonly #stage: Stage;
  readonly #timers: Timers;
  readonly #dialogue: Dialogue<Member | undefined>;

  constructor(members: readonly Member[], stage: Stage) {
    this.#members = members;
    this.#stage = stage;
    this.#timers = new Timers(stage.clock);
    this.#dialogue = new Dialogue(stage.random);
  }

  start(): void {
    this.#timers.set('next', pauseMs(this.#stage.random), () => this.#sayNext());
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
    return pick(this.#stage.random, fluent.length > 0 ? fluent : present);
  }
}
