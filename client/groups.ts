import type { GroupStatus } from '../protocol/entities.ts';
import { GroupHandle } from './group-handle.ts';
import type { Session } from './session.ts';

/** The handles of all groups that were asked for or told of, and which of them the user is in. */
export class Groups {
  readonly #session: Session;
  readonly #byId = new Map<string, GroupHandle>();
  #isListStale = false;
  #refreshing: Promise<void> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Always the same handle for the same id. */
  get(groupId: string): GroupHandle {
    const known = this.#byId.get(groupId);
    if (known) return known;
    const group = new GroupHandle(this.#session, groupId);
    this.#byId.set(groupId, group);
    return group;
  }

  find(groupId: string): GroupHandle | undefined {
    return this.#byId.get(groupId);
  }

  all(): GroupHandle[] {
    return [...this.#byId.values()];
  }

  /** Those on a screen. */
  openIds(): string[] {
    return this.all()
      .filter(({ isOpen }) => isOpen)
      .map(({ groupId }) => groupId);
  }

  get totalUnread(): number {
    return this.all().reduce((total, { frames }) => total + frames.unreadCount, 0);
  }

  /** What is known of the groups the user is in, the liveliest first. */
  statuses(): GroupStatus[] {
    const statuses = this.all().flatMap(({ status }) => status ?? []);
    return statuses.sort((a, b) => lastAt(b) - lastAt(a));
  }

  /** The user is in these groups and no others. */
  take(statuses: readonly GroupStatus[]): void {
    for (const status of statuses) this.get(status.groupId).frames.establish(status);
    const present = new Set(statuses.map(({ groupId }) => groupId));
    for (const { groupId, frames } of this.all()) if (!present.has(groupId)) frames.leave();
    this.#session.changed();
  }

  /**
   * The list of groups has changed. Several changes at a time cost one request, and what changes
   * during it another one after it: of two under way the older answer could come last.
   */
  refresh(): Promise<void> {
    this.#isListStale = true;
    this.#refreshing ??= this.#list().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #list(): Promise<void> {
    await Promise.resolve();
    while (this.#isListStale) {
      this.#isListStale = false;
      try {
        const { http } = this.#session;
        const { groups } = await http.request<{ groups: GroupStatus[] }>('GET', '/me/unread');
        this.take(groups);
      } catch {
        // The next connection tells all of it.
      }
    }
  }
}

const lastAt = ({ lastMessage }: GroupStatus): number => lastMessage?.createdAt ?? 0;
