import { Audience } from './audience.ts';
import { type Crowd, gatherCrowd } from './crowd.ts';
import { fullScale, type Scale } from './ready-cast.ts';
import { ReadyGroup, type Welcome } from './ready-group.ts';
import type { CrowdRequest, WelcomeRequest } from './requests.ts';
import type { Stage } from './stage.ts';
import type { SimulatorState } from './state.ts';

export interface SimulationOptions {
  stage: Stage;
  /** Of the ready group. */
  scale?: Scale;
  reportFault: (cause: unknown) => void;
}

export type Finish =
  | { outcome: 'finished'; members: number; lastSeq: number }
  | { outcome: 'noCrowd' }
  | { outcome: 'replaced' };

/** The ready group and the crowd, alive as long as somebody watches. */
export class Simulation {
  readonly #options: SimulationOptions;
  readonly #audience: Audience;
  readonly #ready: ReadyGroup;
  #wasWelcoming = false;
  #crowd: Crowd | undefined;

  constructor(options: SimulationOptions) {
    const { stage, scale = fullScale, reportFault } = options;
    this.#options = options;
    this.#audience = new Audience({
      clock: stage.clock,
      rest: () => this.#rest(),
      goOn: () => this.#goOn(),
    });
    this.#ready = new ReadyGroup({
      stage,
      scale,
      reportFault,
      changed: () => this.#audience.tell(),
    });
  }

  get state(): SimulatorState {
    return {
      crowd: this.#crowd?.state ?? null,
      ready: this.#wasWelcoming ? this.#ready.state : null,
    };
  }

  welcome(user: WelcomeRequest): Promise<Welcome> {
    this.#wasWelcoming = true;
    this.#audience.stir();
    return this.#ready.welcome(user);
  }

  async startCrowd(request: CrowdRequest): Promise<{ groupId: string }> {
    const { stage } = this.#options;
    this.#audience.stir();
    const run = Math.floor(stage.random() * 36 ** 6).toString(36);
    const crowd = await gatherCrowd({
      ...request,
      stage,
      run,
      changed: () => this.#audience.tell(),
    });
    this.#crowd?.disperse();
    this.#crowd = crowd;
    // Whoever watches the crowd watches nobody else: the machine is the crowd's.
    this.#ready.pause();
    void crowd.resume();
    return { groupId: crowd.groupId };
  }

  async finishCrowd(): Promise<Finish> {
    const crowd = this.#crowd;
    if (!crowd) return { outcome: 'noCrowd' };
    this.#audience.stir();
    try {
      const finished = await crowd.finish();
      if (crowd === this.#crowd) {
        this.#crowd = undefined;
        this.#ready.resume();
      }
      this.#audience.tell();
      return { outcome: 'finished', ...finished };
    } catch (error) {
      if (crowd === this.#crowd) throw error;
      return { outcome: 'replaced' };
    }
  }

  /** Calls back with every change, until what it returns is called. */
  watch(listener: () => void): () => void {
    return this.#audience.watch(listener);
  }

  stop(): void {
    this.#audience.stop();
    this.#ready.pause();
    this.#crowd?.disperse();
  }

  #rest(): void {
    this.#ready.pause();
    this.#crowd?.pause();
  }

  #goOn(): void {
    if (this.#crowd) void this.#crowd.resume();
    else this.#ready.resume();
  }
}
