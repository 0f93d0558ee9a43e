import type { SimulatedTime } from './simulated-time.ts';

/** An error that ends an invocation: nobody inside hears of it. */
export type Ended = 'crashed' | 'timed out';

/**
 * A Lambda's sandbox, as far as it can die. Whatever its code awaits when it dies never comes, and nothing
 * that it would have done after that is done.
 */
export class Sandbox {
  readonly name: string;
  /** How far its clock is from the true time, in milliseconds. */
  readonly skewMs: number;
  readonly #time: SimulatedTime;
  isAlive = true;
  /** When the invocation that is under way began, in true time. */
  invokedAt = 0;
  /** Told when it dies. */
  onEnd: (how: Ended) => void = () => {};

  constructor(name: string, skewMs: number, time: SimulatedTime) {
    this.name = name;
    this.skewMs = skewMs;
    this.#time = time;
  }

  readonly clock = (): number => this.#time.clock() + this.skewMs;

  readonly wait = (ms: number): Promise<void> => this.alive(this.#time.wait(ms));

  /** What comes to who is dead never comes. */
  async alive<T>(coming: Promise<T>): Promise<T> {
    try {
      const came = await coming;
      return this.isAlive ? came : await never();
    } catch (error) {
      if (this.isAlive) throw error;
      return never();
    }
  }

  /** Dies here and now; the promise is for whoever awaits what will not come. */
  end(how: Ended): Promise<never> {
    if (this.isAlive) {
      this.isAlive = false;
      this.onEnd(how);
    }
    return never();
  }
}

/** One for each who awaits it: a promise that lasts would keep all who do, and their whole service. */
const never = (): Promise<never> => new Promise(() => {});
