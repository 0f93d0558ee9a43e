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
import type { Language } from './people/language.ts';
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
  /** One in each language. */
  readonly #demoGroups: Readonly<Record<Language, DemoGroup>>;
  /** That of the newest visitor; the others rest. */
  #demoGroup: DemoGroup | undefined;
  #loadGroup: LoadGroup | undefined;

  constructor(options: SimulationOptions) {
    const { session } = options;
    this.#options = options;
    this.#viewers = new Viewers({
      clock: session.clock,
      rest: () => this.#rest(),
      goOn: () => this.#goOn(),
    });
    this.#demoGroups = { en: this.#demoGroupIn('en'), zh: this.#demoGroupIn('zh') };
  }

  get state(): SimulatorState {
    return {
      loadGroup: this.#loadGroup?.state ?? null,
      demoGroup: this.#demoGroup?.state ?? null,
    };
  }

  async welcome(user: WelcomeRequest): Promise<Welcome> {
    const groups = Object.values(this.#demoGroups);
    if (groups.some((group) => group.plays(user.userId))) return { outcome: 'taken' };
    this.#dropLeftLoadGroup();
    const demoGroup = this.#demoGroups[user.language];
    if (this.#demoGroup !== demoGroup) {
      this.#demoGroup?.pause();
      this.#demoGroup = demoGroup;
      if (this.#loadGroup) demoGroup.pause();
      else demoGroup.resume();
    }
    this.#viewers.keepAwake();
    return demoGroup.welcome(user);
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
    this.#demoGroup?.pause();
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
        this.#demoGroup?.resume();
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
    this.#demoGroup?.pause();
    this.#loadGroup?.stop();
  }

  #demoGroupIn(language: Language): DemoGroup {
    const { session, scale = fullScale, reportFault } = this.#options;
    const changed = () => this.#viewers.tell();
    return new DemoGroup({ session, scale, language, reportFault, changed });
  }

  /** A load group whose page was closed: nobody will come back to it. */
  #dropLeftLoadGroup(): void {
    if (this.#loadGroup?.state.phase !== 'paused') return;
    this.#loadGroup.stop();
    this.#loadGroup = undefined;
    this.#demoGroup?.resume();
  }

  #rest(): void {
    this.#demoGroup?.pause();
    this.#loadGroup?.pause();
  }

  #goOn(): void {
    if (this.#loadGroup) void this.#loadGroup.resume();
    else this.#demoGroup?.resume();
  }
}
