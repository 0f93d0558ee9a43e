import type { Faults } from '../faults/faults.ts';
import { type Ended, Sandbox } from './sandbox.ts';
import type { SimulatedTime } from './simulated-time.ts';

export type Answered<A> = { outcome: 'answered'; value: A } | { outcome: Ended | 'threw' };

export interface LambdaSettings<Event, Answer> {
  name: string;
  timeoutMs: number;
  /** Makes what a sandbox runs for each event. */
  start: (sandbox: Sandbox) => (event: Event) => Promise<Answer>;
}

interface Started<Event, Answer> {
  sandbox: Sandbox;
  handler: (event: Event) => Promise<Answer>;
}

interface Around {
  time: SimulatedTime;
  faults: Faults;
  /** How far clocks of sandboxes may be from the true time. */
  maxSkewMs: number;
}

/** A function with its sandboxes: an event at a time in each, kept for the next until they die. */
export class Lambda<Event, Answer> {
  readonly #settings: LambdaSettings<Event, Answer>;
  readonly #around: Around;
  readonly #idle: Started<Event, Answer>[] = [];
  readonly #busy = new Set<Started<Event, Answer>>();
  #started = 0;

  constructor(settings: LambdaSettings<Event, Answer>, around: Around) {
    this.#settings = settings;
    this.#around = around;
  }

  /** Never rejects. */
  async invoke(event: Event): Promise<Answered<Answer>> {
    const started = this.#idle.pop() ?? this.#start();
    this.#busy.add(started);
    const answered = await this.#run(started, event);
    this.#busy.delete(started);
    if (started.sandbox.isAlive) this.#idle.push(started);
    return answered;
  }

  /** A deployment: what is under way is cut off, and all begins in new sandboxes. */
  replace(): void {
    this.#idle.length = 0;
    for (const { sandbox } of [...this.#busy]) void sandbox.end('crashed');
  }

  #run({ sandbox, handler }: Started<Event, Answer>, event: Event): Promise<Answered<Answer>> {
    const { time, faults } = this.#around;
    sandbox.invokedAt = time.clock();
    return new Promise((resolve) => {
      sandbox.onEnd = (outcome) => {
        callOff();
        resolve({ outcome });
      };
      const callOff = time.after(this.#settings.timeoutMs, () => void sandbox.end('timed out'));
      handler(event).then(
        (value) => {
          if (faults.strike('end') === 'crash') return void sandbox.end('crashed');
          callOff();
          resolve({ outcome: 'answered', value });
        },
        () => {
          callOff();
          resolve({ outcome: 'threw' });
        },
      );
    });
  }

  #start(): Started<Event, Answer> {
    const { time, maxSkewMs } = this.#around;
    const skewMs = maxSkewMs === 0 ? 0 : Math.round((2 * time.random() - 1) * maxSkewMs);
    const sandbox = new Sandbox(`${this.#settings.name} ${++this.#started}`, skewMs, time);
    return { sandbox, handler: this.#settings.start(sandbox) };
  }
}
