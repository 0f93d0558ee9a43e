import type { GroupStatus } from '@seenby/protocol/entities.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import type { ReadingSession } from '../read-state/reading-session.ts';
import { StatusChecks } from '../read-state/status-checks.ts';
import { GroupHandle } from './group-handle.ts';

/** The handles of all groups that were asked for or told of, and which of them the user is in. */
export class Groups {
  readonly #session: ReadingSession;
  readonly #byId = new Map<string, GroupHandle>();
  readonly checks: StatusChecks;
  #isListStale = false;
  #refreshing: Promise<void> | undefined;

  constructor(session: ReadingSession) {
    this.#session = session;
    this.checks = new StatusChecks(session, (groupId) => this.find(groupId)?.state);
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
    return this.all().reduce((total, { state }) => total + state.unreadCount, 0);
  }

  /** What is known of the groups the user is in, the one with the newest message first. */
  statuses(): GroupStatus[] {
    const statuses = this.all().flatMap(({ status }) => status ?? []);
    return statuses.sort((a, b) => lastAt(b) - lastAt(a));
  }

  /** The user is in these groups and no others. */
  take(statuses: readonly GroupStatus[]): void {
    for (const status of statuses) this.get(status.groupId).state.establish(status);
    const present = new Set(statuses.map(({ groupId }) => groupId));
    for (const { groupId, state } of this.all()) if (!present.has(groupId)) state.leave();
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
        const { groups } = await http.request<AnswerOf<'GET /me/unread'>>('GET', '/me/unread');
        this.take(groups);
      } catch {
        // The next connection tells all of it.
      }
    }
  }
}

const lastAt = ({ lastMessage }: GroupStatus): number => lastMessage?.createdAt ?? 0;
