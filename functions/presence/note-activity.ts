import { dayOf } from '@seenby/core/day.ts';
import { BoundedMap } from '../runtime/bounded-map.ts';
import type { Clock } from '../runtime/timing.ts';
import type { ActiveGroup, Activity } from '../store/activity.ts';
import type { GroupChange } from '../stream/group-change.ts';

/** A message is dated when its sending begins, and a minute is more than sending takes. */
const sendingMs = 60_000;
const maxRemembered = 50_000;

/** Notes active groups, each once a day: a busy group changes thousands of times. */
export class ActivityNotes {
  readonly #activity: Activity;
  readonly #clock: Clock;
  readonly #noted = new BoundedMap<string, true>(maxRemembered);

  constructor(activity: Activity, clock: Clock) {
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
    for (const name of fresh.keys()) this.#noted.set(name, true);
  }
}
