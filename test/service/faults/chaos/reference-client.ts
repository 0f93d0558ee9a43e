import { countReceipts } from '../../../../functions/receipts/count-receipts.ts';
import { subscribeGroups } from '../../../../functions/sync/subscribe-groups.ts';
import { ReferenceView } from '../../../support/reference/reference-view.ts';
import type { VirtualTime } from '../../../support/time/virtual-time.ts';
import type { Chaos } from './chaos.ts';
import type { Frame, LossyGateway, Socket } from './lossy-gateway.ts';
import type { Sandboxes } from './sandboxes.ts';

export interface Surroundings {
  time: VirtualTime;
  chaos: Chaos;
  gateway: LossyGateway;
  sandboxes: Sandboxes;
}

const lifeMs = 2 * 3_600_000;
const farAway = 1000;

/** A device with every group on the screen. It asks for counts when it comes back, and never else. */
export class ReferenceClient implements Socket {
  readonly userId: string;
  /** By group, from the first answer on. */
  readonly views = new Map<string, ReferenceView>();
  readonly #around: Surroundings;
  readonly #groupIds: readonly string[];
  /** Frames that came before the first answer. */
  #early = new Map<string, Frame[]>();
  #connectionId: string | undefined;
  #connecting: Promise<void> | undefined;

  constructor(userId: string, groupIds: readonly string[], around: Surroundings) {
    this.userId = userId;
    this.#groupIds = groupIds;
    this.#around = around;
  }

  get connection() {
    const { userId } = this;
    return { userId, connectionId: this.#connectionId ?? 'none' };
  }

  /** Resolves once it shows all it asked for. */
  async settled(): Promise<void> {
    while (this.#connecting) await this.#connecting;
  }

  connect(): void {
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
  }

  received(frame: Frame): void {
    if (!('groupId' in frame) || frame.groupId === undefined) return;
    if (frame.type === 'member_changed' && frame.userId === this.userId) this.reconnect();
    if (frame.type === 'receipts_changed') this.#askAgain(frame.groupId);
    if (frame.type !== 'read_status_update') return;
    const view = this.views.get(frame.groupId);
    if (view) view.apply(frame);
    else this.#early.set(frame.groupId, [...(this.#early.get(frame.groupId) ?? []), frame]);
  }

  closed(): void {
    this.#forget();
    this.connect();
  }

  /** The way out may never reach the service. */
  reconnect(): void {
    const { gateway, sandboxes, chaos } = this.#around;
    const { connection } = this;
    gateway.drop(connection.connectionId);
    if (!chaos.happens('disconnectLost')) {
      sandboxes.run(({ service }) => service.connections.remove(connection)).catch(() => {});
    }
    this.closed();
  }

  #forget(): void {
    this.#connectionId = undefined;
    this.views.clear();
    this.#early.clear();
  }

  /** Whoever is connecting asks anyway. */
  #askAgain(groupId: string): void {
    const connectionId = this.#connectionId;
    if (this.#connecting || connectionId === undefined) return;
    this.views.delete(groupId);
    this.#connecting = this.#show(connectionId, groupId)
      .catch(() => this.#around.gateway.drop(connectionId))
      .finally(() => {
        this.#connecting = undefined;
        if (!this.views.has(groupId)) this.closed();
      });
  }

  /** Until one connection has lasted for as long as it takes to show everything. */
  async #connect(): Promise<void> {
    const { time, chaos } = this.#around;
    for (;;) {
      await time.wait(100 + chaos.below(farAway));
      try {
        const connectionId = await this.#open();
        for (const groupId of this.#groupIds) await this.#show(connectionId, groupId);
        if (this.#connectionId === connectionId) return;
      } catch {
        this.#around.gateway.drop(this.#connectionId ?? '');
        this.#forget();
      }
    }
  }

  /** `$connect`, then a subscription to every group; not being a member of one is no fault. */
  async #open(): Promise<string> {
    const { time, gateway, sandboxes } = this.#around;
    const connectionId = gateway.open(this);
    this.#forget();
    this.#connectionId = connectionId;
    const connection = { userId: this.userId, connectionId };
    const endsAt = time.now + lifeMs;
    await sandboxes.run(({ service }) => service.connections.add(connection, endsAt));
    await sandboxes.run(({ service }) =>
      subscribeGroups(service, connection, this.#groupIds, endsAt),
    );
    return connectionId;
  }

  async #show(connectionId: string, groupId: string): Promise<void> {
    const range = { groupId, from: 1, to: Number.MAX_SAFE_INTEGER };
    const answer = await this.#around.sandboxes.run(({ service }) =>
      countReceipts(service, { userId: this.userId }, range),
    );
    if (!answer.ok || this.#connectionId !== connectionId) return;
    const view = new ReferenceView();
    view.apply(answer.value);
    for (const frame of this.#early.get(groupId) ?? []) {
      if (frame.type === 'read_status_update') view.apply(frame);
    }
    this.views.set(groupId, view);
  }
}
