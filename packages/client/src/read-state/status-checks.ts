import type { GroupStatus } from '@seenby/protocol/entities.ts';
import type { Session } from '../session/session.ts';
import { pauseAfter, toSeenbyError } from '../transport/seenby-error.ts';
import { Timers } from '../transport/timers.ts';

/** What a group does with where it is said to stand. */
export interface CheckedGroup {
  readonly isInDoubt: boolean;
  readonly statesTaken: number;
  /** `isNewest`: nothing that is known here can be newer. */
  establish(status: GroupStatus, isNewest: boolean): void;
  leave(): void;
}

/** What is missing is often a moment away, and one frame asks for many groups. */
const gatherMs = 300;
const maxGroupsPerFrame = 50;

/** Asks the service where groups stand when what is known here may not be the truth. */
export class StatusChecks {
  readonly #session: Session;
  readonly #find: (groupId: string) => CheckedGroup | undefined;
  /** Whether each is to be asked for in any case. */
  #due = new Map<string, boolean>();
  /** Of groups to be asked for in any case, and not before; and that of the next question. */
  readonly #timers: Timers<string>;
  #runsAt = Infinity;
  #asked = 0;
  #answered = 0;

  constructor(session: Session, find: (groupId: string) => CheckedGroup | undefined) {
    this.#session = session;
    this.#timers = new Timers(session.host);
    this.#find = find;
  }

  /** Asks soon, if the group is in doubt then or it is to be in any case. */
  request(groupId: string, delayMs = gatherMs, inAnyCase?: boolean): void {
    if (inAnyCase && delayMs > gatherMs) {
      this.#timers.set(groupId, delayMs, () => this.request(groupId, gatherMs, true));
    } else {
      this.#due.set(groupId, inAnyCase || !!this.#due.get(groupId));
      this.#runIn(Math.max(gatherMs, delayMs));
    }
  }

  /** Asks at once. */
  async ask(groupIds: string[]): Promise<void> {
    const before = new Map(groupIds.map((id) => [id, this.#find(id)?.statesTaken]));
    const question = ++this.#asked;
    const reply = await this.#session.request({ type: 'get_status', groupIds });
    if (reply.type !== 'group_status') return;
    // The answer to a later question has overtaken it, and reminders have no version.
    if (question < this.#answered) {
      for (const groupId of groupIds) this.request(groupId, gatherMs, true);
      return;
    }
    this.#answered = question;
    // Asked after everything that is known here: it may even have begun anew.
    const isNewest = (id: string) => this.#find(id)?.statesTaken === before.get(id);
    for (const status of reply.groups) {
      this.#find(status.groupId)?.establish(status, isNewest(status.groupId));
    }
    for (const groupId of reply.goneGroupIds) {
      if (isNewest(groupId)) this.#find(groupId)?.leave();
      else this.request(groupId, gatherMs, true);
    }
  }

  /** There is a connection again. */
  resume(): void {
    this.#runIn(gatherMs);
  }

  stop(): void {
    this.#runsAt = Infinity;
    this.#due.clear();
    this.#timers.stopAll();
  }

  #runIn(delayMs: number): void {
    const at = this.#session.host.now() + delayMs;
    if (this.#runsAt <= at) return;
    this.#runsAt = at;
    this.#timers.set('', delayMs, () => void this.#run());
  }

  async #run(): Promise<void> {
    this.#runsAt = Infinity;
    const asked = [...this.#due].filter(([id, always]) => always || this.#find(id)?.isInDoubt);
    // Kept while offline: the next connection may begin with a list from before what was heard of these.
    const due = this.#session.isConnected ? asked.slice(0, maxGroupsPerFrame) : [];
    this.#due = new Map(asked.slice(due.length));
    if (due.length === 0) return;
    try {
      await this.ask(due.map(([groupId]) => groupId));
      this.#runIn(gatherMs);
    } catch (cause) {
      const pauseMs = pauseAfter(toSeenbyError(cause));
      if (pauseMs === undefined) return;
      for (const [groupId, inAnyCase] of due) this.request(groupId, pauseMs, inAnyCase);
    }
  }
}
