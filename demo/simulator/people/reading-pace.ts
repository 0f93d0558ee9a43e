import type { Pace } from '../api.ts';
import { type Clock, Timers } from '../clock.ts';
import { pick, type Random } from '../random.ts';

/** What a member does about something unread. */
interface Reading {
  read(): void;
  /** The pace has changed: when to read is decided anew. */
  again(): void;
}

/** Lets members who have something unread read it one after the other, in any order, at one pace for all. */
export class ReadingPace {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #timers: Timers;
  readonly #waiting = new Map<object, Reading>();
  #pace: Pace;
  /** When the next one may read. */
  #dueMs = 0;

  constructor({ clock, random }: { clock: Clock; random: Random }, pace: Pace) {
    this.#clock = clock;
    this.#random = random;
    this.#timers = new Timers(clock);
    this.#pace = pace;
  }

  get pace(): Pace {
    return this.#pace;
  }

  /** Whether it says when members read, rather than their profiles. */
  get isCommon(): boolean {
    return this.#pace !== 'profiles';
  }

  change(pace: Pace): void {
    this.#pace = pace;
    this.#timers.stopAll();
    this.#dueMs = 0;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { again } of waiting) again();
  }

  /** The member reads at once, or when it is their turn. */
  add(member: object, reading: Reading): void {
    if (typeof this.#pace !== 'object') {
      reading.read();
      return;
    }
    this.#waiting.set(member, reading);
    if (this.#timers.has('next')) return;
    this.#dueMs = Math.max(this.#dueMs, this.#clock.now());
    this.#wait(1000 / this.#pace.readsPerSecond);
  }

  remove(member: object): void {
    this.#waiting.delete(member);
  }

  /** A timer that comes late is made up for: the next one is counted from when it was due. */
  #wait(everyMs: number): void {
    this.#timers.set('next', Math.max(0, this.#dueMs - this.#clock.now()), () => {
      this.#dueMs += everyMs;
      this.#readOne();
      if (this.#waiting.size > 0) this.#wait(everyMs);
    });
  }

  #readOne(): void {
    const [member, reading] = pick(this.#random, [...this.#waiting]) ?? [];
    if (!member) return;
    this.#waiting.delete(member);
    reading?.read();
  }
}
