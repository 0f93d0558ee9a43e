import type { GroupStatus, Message } from '@seenby/protocol/entities.ts';
import type { SyncAnswer } from '@seenby/protocol/http-answers.ts';
import type { ReceivedServerFrame } from '@seenby/protocol/server-frames.ts';
import { frameOf } from '../world/frame-of.ts';
import type { SimulatedService } from '../world/simulated-service.ts';
import { GroupView, type OwnState } from './group-view.ts';
import { Line, type LineOwner } from './line.ts';
import type { Requests } from './requests.ts';

export type Frame = ReceivedServerFrame;

/** How a device comes back: it asks what has changed, or how all is. */
export type Habit = 'syncs' | 'greets';

const askMs = 200;
/** For as long as a message may be stored late, or be given up. */
const loadAgainMs = 2000;
const maxLoads = 8;
const pageSize = 100;

/** A client of the wire protocol that has all its groups open, and nothing of the SDK. */
export class Device implements LineOwner {
  readonly userId: string;
  readonly name: string;
  readonly habit: Habit;
  readonly groups = new Map<string, GroupView>();
  readonly line: Line;
  /** The service was restored, and has not told it: until then it may take a state that is of an earlier time. */
  isBehindRestore = false;
  /** Told before a state of its user is shown. */
  onOwn: (own: OwnState, view: GroupView) => void = () => {};
  readonly #service: SimulatedService;
  #asking = new Set<string>();
  #askingCounts = new Set<string>();
  #underWay = 0;
  #token: string | undefined;
  #epoch: string | undefined;
  /** Whether it acknowledges what reaches it. */
  readonly #acknowledges: boolean;
  #received = new Map<string, Set<number>>();

  constructor(
    name: string,
    service: SimulatedService,
    { habit, acknowledges }: { habit: Habit; acknowledges: boolean },
  ) {
    this.name = name;
    this.userId = name.split('.')[0] ?? '';
    this.habit = habit;
    this.#service = service;
    this.#acknowledges = acknowledges;
    this.line = new Line(service, this);
  }

  get requests(): Requests {
    return this.line.requests;
  }

  /** Whether it shows all it has asked for, and waits for nothing. */
  get isSettled(): boolean {
    return this.line.isConnected && this.#underWay === 0 && this.requests.pending === 0;
  }

  /** For a finding: what it waits for. */
  describe(): string {
    const { name } = this;
    return `${name}: connected ${this.line.isConnected}, busy ${this.#underWay}, ${this.requests.describe()}`;
  }

  closed(): void {
    this.line.closed();
  }

  received(text: string): void {
    const frame = frameOf<Frame>(text);
    this.#take(frame);
    this.requests.answered(frame);
  }

  /** What a client does every nine minutes: it finds out whether it was told of everything. */
  heartbeat(): void {
    const check = async () => {
      const groupIds = [...this.groups.keys()];
      if (groupIds.length > 0) await this.requests.frame({ type: 'get_status', groupIds });
      for (const [groupId, view] of [...this.groups]) {
        view.loadedTo = 0;
        await this.#load(groupId);
      }
    };
    void this.#during(check());
  }

  async catchUp(isSame: () => boolean): Promise<boolean> {
    if (this.habit === 'greets') {
      const hello = await this.requests.frame({ type: 'hello' }, { isBound: true });
      if (!isSame() || hello?.type !== 'connection_established') return false;
      // The service was restored: what is shown may be of a time that it has not seen.
      if (this.#epoch !== undefined && hello.epoch !== this.#epoch) this.groups.clear();
      this.#epoch = hello.epoch;
      this.isBehindRestore = false;
      this.#replaceAll(hello.groups);
      await this.#open(hello.groups.map(({ groupId }) => groupId));
    } else {
      await this.#open([...this.groups.keys()]);
      const known = new Set(this.groups.keys());
      if (isSame()) await this.#sync();
      const added = [...this.groups.keys()].filter((groupId) => !known.has(groupId));
      if (isSame()) await this.#open(added);
    }
    for (const groupId of [...this.groups.keys()]) {
      if (!isSame()) return false;
      await this.#load(groupId);
    }
    return isSame();
  }

  #replaceAll(statuses: readonly GroupStatus[]): void {
    const ids = new Set(statuses.map(({ groupId }) => groupId));
    for (const groupId of [...this.groups.keys()])
      if (!ids.has(groupId)) this.groups.delete(groupId);
    for (const status of statuses) this.#takeStatus(status);
  }

  async #open(groupIds: readonly string[]): Promise<void> {
    if (groupIds.length === 0) return;
    await this.requests.frame({ type: 'subscribe_group', groupIds }, { isBound: true });
  }

  async #sync(): Promise<void> {
    const since = this.#token === undefined ? '' : `?since=${encodeURIComponent(this.#token)}`;
    const answer = await this.requests.http('GET', `/me/sync${since}`);
    if (answer.status !== 200) return;
    const { groups, removedGroupIds, next, reset } = answer.body as unknown as SyncAnswer;
    if (reset) this.groups.clear();
    this.isBehindRestore = false;
    for (const groupId of removedGroupIds) this.groups.delete(groupId);
    for (const { counts, recalled = [], version, ...status } of groups) {
      const view = this.#takeStatus(status);
      for (const { fromSeq, toSeq } of recalled) view.recall(fromSeq, toSeq);
      if (counts) view.update({ counts, version });
      else view.dropCounts();
    }
    this.#token = next;
  }

  /** Messages that it has not; who greets does not know what has changed, and loads all anew. */
  async #load(groupId: string, attempt = 1): Promise<void> {
    const view = this.groups.get(groupId);
    if (!view) return;
    const isNew = this.habit === 'greets' || view.loadedTo === 0;
    const place = isNew ? '' : `after=${view.loadedTo}&`;
    const path = `/groups/${encodeURIComponent(groupId)}/messages?${place}limit=${pageSize}`;
    const answer = await this.requests.http('GET', path);
    if (answer.status !== 200) return;
    const messages = answer.body.messages as Message[];
    for (const message of messages) view.show(message);
    const lastListed = messages.at(-1)?.seq ?? view.loadedTo;
    view.loadedTo = Math.max(view.loadedTo, lastListed);
    // A list ends before a message that is still being stored.
    const isWhole = lastListed >= (answer.body.lastSeq as number);
    if (!isWhole && attempt < maxLoads) void this.#during(this.#loadAgain(groupId, attempt + 1));
    if (isNew) await this.#loadCounts(groupId);
  }

  async #loadAgain(groupId: string, attempt: number): Promise<void> {
    await this.#service.time.wait(loadAgainMs);
    await this.#load(groupId, attempt);
  }

  async #loadCounts(groupId: string): Promise<void> {
    const path = `/groups/${encodeURIComponent(groupId)}/receipts?from=1&to=1000`;
    const answer = await this.requests.http('GET', path);
    const view = this.groups.get(groupId);
    if (answer.status === 200) view?.update(answer.body as never);
  }

  #take(frame: Frame): void {
    if ('groupId' in frame && frame.groupId !== undefined) this.#takeOfGroup(frame, frame.groupId);
    if (frame.type !== 'group_status') return;
    for (const groupId of frame.goneGroupIds) this.groups.delete(groupId);
    for (const status of frame.groups) this.#takeStatus(status);
  }

  #takeOfGroup(frame: Frame, groupId: string): void {
    const view = this.groups.get(groupId);
    if (frame.type === 'new_message') this.#takeMessage(frame.message);
    if (frame.type === 'message_recalled') view?.recall(frame.seq, frame.seq);
    if (frame.type === 'group_removed') this.groups.delete(groupId);
    if (frame.type === 'read_status_update') view?.update(frame);
    if (frame.type === 'subscription_error' && frame.code === 'NOT_FOUND') {
      this.groups.delete(groupId);
    }
    if (isOwn(frame)) this.#takeOwn(frame);
    if (changesCounts.has(frame.type)) this.#askCounts(groupId);
    if (changesStatus.has(frame.type) || this.#isNewHere(frame)) this.ask(groupId);
  }

  #isNewHere(frame: Frame): boolean {
    return (
      frame.type === 'member_changed' && frame.userId === this.userId && frame.change !== 'left'
    );
  }

  #takeMessage(message: Message): void {
    const { groupId, seq, senderId } = message;
    const view = this.groups.get(groupId);
    if (!view?.receive(message, this.userId)) this.ask(groupId);
    if (this.#acknowledges && senderId !== this.userId) this.#acknowledge(groupId, seq);
  }

  /** What came within a moment is acknowledged together. */
  #acknowledge(groupId: string, seq: number): void {
    const seqs = this.#received.get(groupId);
    if (seqs) {
      seqs.add(seq);
      return;
    }
    const received = new Set([seq]);
    this.#received.set(groupId, received);
    this.#service.time.after(askMs, () => {
      this.#received.delete(groupId);
      const ranges = [...received].map((each) => ({ fromSeq: each, toSeq: each }));
      void this.#during(this.requests.frame({ type: 'mark_delivered', groupId, ranges }));
    });
  }

  #takeOwn(own: OwnState): void {
    const view = this.groups.get(own.groupId);
    if (view) this.onOwn(own, view);
    if (!view?.applyOwn(own)) this.ask(own.groupId);
  }

  #takeStatus(status: GroupStatus): GroupView {
    const known = this.groups.get(status.groupId);
    if (known) {
      this.onOwn(status, known);
      if (!known.applyStatus(status)) this.ask(status.groupId);
      return known;
    }
    const view = new GroupView(status);
    this.groups.set(status.groupId, view);
    return view;
  }

  /** Asks how it stands in a group, as after a play, whose answer does not say; opens one that it has not had. */
  ask(groupId: string): void {
    if (this.#asking.has(groupId)) return;
    this.#asking.add(groupId);
    const ask = async () => {
      await this.#service.time.wait(askMs);
      this.#asking.delete(groupId);
      const isNew = !this.groups.has(groupId);
      await this.requests.frame({ type: 'get_status', groupIds: [groupId] });
      if (!isNew || !this.groups.has(groupId)) return;
      await this.#open([groupId]);
      await this.#load(groupId);
      await this.#loadCounts(groupId);
    };
    void this.#during(ask());
  }

  /** Its counts are not those that it may see, or not the newest. */
  #askCounts(groupId: string): void {
    this.groups.get(groupId)?.dropCounts();
    if (this.#askingCounts.has(groupId)) return;
    this.#askingCounts.add(groupId);
    const ask = async () => {
      await this.#service.time.wait(askMs);
      this.#askingCounts.delete(groupId);
      await this.#loadCounts(groupId);
    };
    void this.#during(ask());
  }

  async #during(work: Promise<unknown>): Promise<void> {
    this.#underWay++;
    try {
      await work;
    } finally {
      this.#underWay--;
    }
  }
}

const changesCounts = new Set<string>(['receipts_changed', 'group_changed']);
const changesStatus = new Set<string>(['message_recalled', 'group_changed']);

const isOwn = (frame: Frame): frame is Frame & OwnState =>
  ownTypes.has(frame.type) && 'stateVersion' in frame;
const ownTypes = new Set<string>([
  ...['read_position', 'mark_read_confirmed', 'mark_unread_confirmed'],
  'subscription_confirmed',
]);
