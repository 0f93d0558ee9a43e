import type {
  LoadGroupRequest,
  MembersAnswer,
  Pace,
  SimulatorState,
  WelcomeRequest,
} from './api.ts';
import type { DemoSession } from './demo-session.ts';
import { DemoGroup, type Welcome } from './groups/demo-group.ts';
import { createLoadGroup, type LoadGroup } from './groups/load-group.ts';
import { fullScale, type Scale } from './people/demo-members.ts';
import { Viewers } from './people/viewers.ts';

export interface SimulationOptions {
  session: DemoSession;
  /** Of the demo group. */
  scale?: Scale;
  reportFault: (cause: unknown) => void;
}

export type Finish =
  | { outcome: 'finished'; members: number; lastSeq: number }
  | { outcome: 'noLoadGroup' }
  | { outcome: 'replaced' };

/** The demo group and the load group, alive as long as somebody watches. */
export class Simulation {
  readonly #options: SimulationOptions;
  readonly #viewers: Viewers;
  readonly #demoGroup: DemoGroup;
  #wasWelcoming = false;
  #loadGroup: LoadGroup | undefined;

  constructor(options: SimulationOptions) {
    const { session, scale = fullScale, reportFault } = options;
    this.#options = options;
    this.#viewers = new Viewers({
      clock: session.clock,
      rest: () => this.#rest(),
      goOn: () => this.#goOn(),
    });
    this.#demoGroup = new DemoGroup({
      session,
      scale,
      reportFault,
      changed: () => this.#viewers.tell(),
    });
  }

  get state(): SimulatorState {
    return {
      loadGroup: this.#loadGroup?.state ?? null,
      demoGroup: this.#wasWelcoming ? this.#demoGroup.state : null,
    };
  }

  welcome(user: WelcomeRequest): Promise<Welcome> {
    this.#wasWelcoming = true;
    this.#viewers.keepAwake();
    return this.#demoGroup.welcome(user);
  }

  async startLoadGroup(request: LoadGroupRequest): Promise<{ groupId: string }> {
    const { session } = this.#options;
    this.#viewers.keepAwake();
    const run = Math.floor(session.random() * 36 ** 6).toString(36);
    const loadGroup = await createLoadGroup({
      ...request,
      session,
      run,
      changed: () => this.#viewers.tell(),
    });
    this.#loadGroup?.stop();
    this.#loadGroup = loadGroup;
    // Whoever watches the load group watches nothing else: it gets the whole machine.
    this.#demoGroup.pause();
    void loadGroup.resume();
    return { groupId: loadGroup.groupId };
  }

  get loadGroupMembers(): MembersAnswer['members'] | undefined {
    return this.#loadGroup?.members;
  }

  /** Undefined when there is no load group. */
  changePace(pace: Pace): { groupId: string } | undefined {
    this.#loadGroup?.changePace(pace);
    return this.#loadGroup && { groupId: this.#loadGroup.groupId };
  }

  async finishLoadGroup(): Promise<Finish> {
    const loadGroup = this.#loadGroup;
    if (!loadGroup) return { outcome: 'noLoadGroup' };
    this.#viewers.keepAwake();
    try {
      const finished = await loadGroup.finish();
      if (loadGroup === this.#loadGroup) {
        this.#loadGroup = undefined;
        this.#demoGroup.resume();
      }
      this.#viewers.tell();
      return { outcome: 'finished', ...finished };
    } catch (error) {
      if (loadGroup === this.#loadGroup) throw error;
      return { outcome: 'replaced' };
    }
  }

  /** Calls back with every change, until what it returns is called. */
  watch(listener: () => void): () => void {
    return this.#viewers.watch(listener);
  }

  stop(): void {
    this.#viewers.stop();
    this.#demoGroup.pause();
    this.#loadGroup?.stop();
  }

  #rest(): void {
    this.#demoGroup.pause();
    this.#loadGroup?.pause();
  }

  #goOn(): void {
    if (this.#loadGroup) void this.#loadGroup.resume();
    else this.#demoGroup.resume();
  }
}
