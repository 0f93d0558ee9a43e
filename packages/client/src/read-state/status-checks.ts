import type { GroupStatus } from '@seenby/protocol/entities.ts';
import type { Session } from '../session/session.ts';
import type { Off } from '../transport/emitter.ts';
import { isPassing, toSeenbyError } from '../transport/seenby-error.ts';

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
const retryMs = 2000;
const maxGroupsPerFrame = 50;

/** Asks the service where groups stand when what is known here may not be the truth. */
export class StatusChecks {
  readonly #session: Session;
  readonly #find: (groupId: string) => CheckedGroup | undefined;
  #groupIds = new Set<string>();
  #timer: { at: number; stop: Off } | undefined;

  constructor(session: Session, find: (groupId: string) => CheckedGroup | undefined) {
    this.#session = session;
    this.#find = find;
  }

  /** Asks soon, if the group is in doubt then. */
  request(groupId: string, delayMs = gatherMs): void {
    this.#groupIds.add(groupId);
    this.#runIn(delayMs);
  }

  /** Asks at once. */
  async ask(groupIds: readonly string[]): Promise<void> {
    const before = new Map(groupIds.map((id) => [id, this.#find(id)?.statesTaken]));
    const reply = await this.#session.request({ type: 'get_status', groupIds: [...groupIds] });
    if (reply.type !== 'group_status') return;
    for (const status of reply.groups) {
      const group = this.#find(status.groupId);
      // Asked after everything that is known here: it may even have begun anew.
      group?.establish(status, group.statesTaken === before.get(status.groupId));
    }
    for (const groupId of reply.goneGroupIds) this.#find(groupId)?.leave();
  }

  stop(): void {
    this.#timer?.stop();
    this.#timer = undefined;
    this.#groupIds.clear();
  }

  #runIn(delayMs: number): void {
    const { environment } = this.#session;
    const at = environment.now() + delayMs;
    if (this.#timer && this.#timer.at <= at) return;
    this.#timer?.stop();
    this.#timer = { at, stop: environment.after(delayMs, () => void this.#run()) };
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    const inDoubt = [...this.#groupIds].filter((id) => this.#find(id)?.isInDoubt);
    const due = inDoubt.slice(0, maxGroupsPerFrame);
    this.#groupIds = new Set(inDoubt.slice(maxGroupsPerFrame));
    // The next connection begins with where all groups stand.
    if (due.length === 0 || !this.#session.isConnected) return;
    try {
      await this.ask(due);
      if (this.#groupIds.size > 0) this.#runIn(gatherMs);
    } catch (cause) {
      const error = toSeenbyError(cause);
      if (!isPassing(error)) return;
      for (const groupId of due) this.request(groupId, error.retryAfterMs ?? retryMs);
    }
  }
}
