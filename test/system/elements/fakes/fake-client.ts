import type { ElementClient } from '../../../../packages/client/src/elements/elements.ts';
import type { GroupStatus } from '../../../../packages/client/src/index.ts';
import { FakeGroup } from './fake-group.ts';

/** A client of groups that do what the test says. */
export class FakeClient implements ElementClient {
  userId = 'u0';
  readonly #groups = new Map<string, FakeGroup>();
  readonly #listeners = new Set<() => void>();

  get listenerCount(): number {
    return this.#listeners.size;
  }

  readonly group = (groupId: string): FakeGroup => {
    const known = this.#groups.get(groupId);
    if (known) return known;
    const group = new FakeGroup(groupId, [{ userId: 'ann' }]);
    this.#groups.set(groupId, group);
    return group;
  };

  add(group: FakeGroup): void {
    this.#groups.set(group.groupId, group);
    this.changed();
  }

  readonly changed = (): void => {
    for (const listener of this.#listeners) listener();
  };

  readonly subscribeState = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly getSnapshot = () => {
    const groups = [...this.#groups.values()];
    return {
      connection: { state: 'connected' as const },
      userId: this.userId,
      totalUnread: groups.reduce((sum, { unread }) => sum + unread, 0),
      groups: groups.map((group) => group.getSnapshot().status as GroupStatus),
    };
  };
}
