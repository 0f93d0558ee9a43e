import { dayOf } from '../../core/day.ts';
import type { ActiveGroup, Activity } from '../store/activity.ts';
import type { GroupChange } from '../stream/group-change.ts';

/** A message is dated when its sending begins, and a minute is more than sending takes. */
const sendingMs = 60_000;
const mostRemembered = 50_000;

/** Notes active groups, each once a day: a busy group changes thousands of times. */
export class ActivityNotes {
  readonly #activity: Activity;
  readonly #clock: () => number;
  readonly #noted = new Set<string>();

  constructor(activity: Activity, clock: () => number) {
    this.#activity = activity;
    this.#clock = clock;
  }

  async note(changes: readonly GroupChange[]): Promise<void> {
    const fresh = new Map<string, ActiveGroup>();
    for (const { groupId, at } of changes) {
      for (const day of new Set([dayOf(at - sendingMs), dayOf(at)])) {
        const name = `${day} ${groupId}`;
        if (!this.#noted.has(name)) fresh.set(name, { day, groupId });
      }
    }
    if (fresh.size === 0) return;
    await this.#activity.note([...fresh.values()], this.#clock());
    this.#remember(fresh.keys());
  }

  #remember(names: Iterable<string>): void {
    if (this.#noted.size > mostRemembered) this.#noted.clear();
    for (const name of names) this.#noted.add(name);
  }
}
