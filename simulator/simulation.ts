import { Timers } from './clock.ts';
import { type Crowd, gatherCrowd } from './crowd.ts';
import { ReadyGroup, type Welcome } from './ready-group.ts';
import type { CrowdRequest, WelcomeRequest } from './requests.ts';
import type { Stage } from './stage.ts';
import type { SimulatorState } from './state.ts';

/** Nobody has watched for so long: everybody pauses. */
const unwatchedMs = 15_000;

export interface SimulationOptions {
  stage: Stage;
  reportFault: (cause: unknown) => void;
}

export type Finish =
  | { outcome: 'finished'; members: number; lastSeq: number }
  | { outcome: 'noCrowd' }
  | { outcome: 'replaced' };

/** The ready group and the crowd, alive as long as somebody watches. */
export class Simulation {
  readonly #options: SimulationOptions;
  readonly #timers: Timers;
  readonly #watchers = new Set<() => void>();
  readonly #ready: ReadyGroup;
  #wasWelcoming = false;
  #crowd: Crowd | undefined;
  #isPaused = false;

  constructor(options: SimulationOptions) {
    const { stage, reportFault } = options;
    this.#options = options;
    this.#timers = new Timers(stage.clock);
    this.#ready = new ReadyGroup({ stage, reportFault, changed: () => this.#changed() });
  }

  get state(): SimulatorState {
    return {
      crowd: this.#crowd?.state ?? null,
      ready: this.#wasWelcoming ? this.#ready.state : null,
    };
  }

  welcome(user: WelcomeRequest): Promise<Welcome> {
    this.#wasWelcoming = true;
    this.#stir();
    return this.#ready.welcome(user);
  }

  async startCrowd(request: CrowdRequest): Promise<{ groupId: string }> {
    const { stage } = this.#options;
    this.#stir();
    const run = Math.floor(stage.random() * 36 ** 6).toString(36);
    const crowd = await gatherCrowd({ ...request, stage, run, changed: () => this.#changed() });
    this.#crowd?.disperse();
    this.#crowd = crowd;
    void crowd.resume();
    return { groupId: crowd.groupId };
  }

  async finishCrowd(): Promise<Finish> {
    const crowd = this.#crowd;
    if (!crowd) return { outcome: 'noCrowd' };
    this.#stir();
    try {
      const finished = await crowd.finish();
      if (crowd === this.#crowd) this.#crowd = undefined;
      this.#changed();
      return { outcome: 'finished', ...finished };
    } catch (error) {
      if (crowd === this.#crowd) throw error;
      return { outcome: 'replaced' };
    }
  }

  /** Calls back with every change, until what it returns is called. */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    this.#stir();
    return () => {
      this.#watchers.delete(listener);
      this.#stir();
    };
  }

  stop(): void {
    this.#timers.stopAll();
    this.#ready.pause();
    this.#crowd?.disperse();
  }

  /** Somebody is there: whoever paused goes on, and for a while nobody has to watch. */
  #stir(): void {
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#ready.resume();
      void this.#crowd?.resume();
    }
    this.#timers.set('pause', unwatchedMs, () => this.#pause());
  }

  #pause(): void {
    if (this.#watchers.size > 0) return;
    this.#isPaused = true;
    this.#ready.pause();
    this.#crowd?.pause();
  }

  #changed(): void {
    for (const listener of this.#watchers) listener();
  }
}
