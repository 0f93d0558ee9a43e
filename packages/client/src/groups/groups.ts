import type { GroupStatus } from '@seenby/protocol/entities.ts';
import { DeliverySender } from '../read-state/delivery-sender.ts';
import type { ReadingSession } from '../read-state/reading-session.ts';
import { StatusChecks } from '../read-state/status-checks.ts';
import { GroupHandle } from './group-handle.ts';

export const maxGroupsPerFrame = 50;

/** The handles of all groups that were asked for or told of, and which of them the user is in. */
export class Groups {
  readonly #session: ReadingSession;
  readonly #byId = new Map<string, GroupHandle>();
  readonly checks: StatusChecks;
  readonly deliveries: DeliverySender;

  constructor(session: ReadingSession) {
    this.#session = session;
    this.checks = new StatusChecks(session, (groupId) => this.find(groupId)?.standing);
    this.deliveries = new DeliverySender(session);
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
    return this.all().reduce((total, { standing }) => total + standing.unreadCount, 0);
  }

  /** What is known of the groups the user is in, the one with the newest message first. */
  statuses(): GroupStatus[] {
    const statuses = this.all().flatMap(({ status }) => status ?? []);
    return statuses.sort((a, b) => lastAt(b) - lastAt(a));
  }

  /** What was asked of all groups: unless it is not all, the service is asked once more about those that are missing. */
  take(statuses: readonly GroupStatus[], isTruncated?: boolean): void {
    for (const status of statuses) this.get(status.groupId).standing.establish(status);
    const present = new Set(statuses.map(({ groupId }) => groupId));
    // The user may have come into them after the list was made.
    const missing = this.all().filter(({ groupId, status }) => status && !present.has(groupId));
    for (const { groupId } of isTruncated ? [] : missing) this.checks.request(groupId, 0, true);
    this.checks.resume();
    this.#session.changed();
  }

  /** Tells a new connection which groups are on a screen. */
  subscribe(): void {
    for (let ids = this.openIds(); ids.length > 0; ids = ids.slice(maxGroupsPerFrame)) {
      const groupIds = ids.slice(0, maxGroupsPerFrame);
      this.#session.request({ type: 'subscribe_group', groupIds }).catch((error) => {
        for (const id of groupIds) this.get(id).parts.subscription.renewLater(error);
      });
    }
  }

  /** What is known of them is nothing to show any more. */
  forget(): void {
    for (const { standing } of this.all()) standing.forget();
  }

  /** There is a connection again, or a heartbeat: what the service may not have is sent once more. */
  resume(): void {
    this.deliveries.forget();
    for (const { standing } of this.all()) standing.resume();
  }

  stop(): void {
    this.checks.stop();
    this.deliveries.stop();
  }
}

const lastAt = ({ lastMessage }: GroupStatus): number => lastMessage?.createdAt ?? 0;
