import type { SyncAnswer, SyncedGroup } from '@seenby/protocol/http-answers.ts';
import { bySeq } from './observation.ts';
import type { User } from './user.ts';

export const syncOf = (user: User, since?: string): Promise<SyncAnswer> =>
  user.get(`/me/sync${since === undefined ? '' : `?since=${encodeURIComponent(since)}`}`);

/** A client that knows its groups by sync alone. */
export class SyncingScreen {
  readonly #user: User;
  #groups: ReadonlyMap<string, SyncedGroup>;
  #since: string | undefined;

  constructor(user: User, groups: ReadonlyMap<string, SyncedGroup> = new Map(), since?: string) {
    this.#user = user;
    this.#groups = groups;
    this.#since = since;
  }

  async sync(): Promise<SyncAnswer> {
    const answer = await syncOf(this.#user, this.#since);
    const groups = new Map(answer.reset ? [] : this.#groups);
    for (const groupId of answer.removedGroupIds) groups.delete(groupId);
    for (const group of answer.groups) groups.set(group.groupId, group);
    this.#groups = groups;
    this.#since = answer.next;
    return answer;
  }

  /** Another device that went offline with what this one has now. */
  fork(): SyncingScreen {
    return new SyncingScreen(this.#user, this.#groups, this.#since);
  }

  /** What it shows, group by group and message by message. */
  get shown(): unknown[] {
    const ids = [...this.#groups.keys()].sort();
    return ids.map((groupId) => {
      const {
        counts,
        version: _version,
        stateVersion: _state,
        ...status
      } = this.#groups.get(groupId) as SyncedGroup;
      return { ...status, counts: counts && [...bySeq(counts)] };
    });
  }
}
