import { turnsIn } from '@seenby/core/reading/state-version.ts';
import type { GroupStatus, Message } from '@seenby/protocol/entities.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';
import { ReferenceView } from '../../support/reference/reference-view.ts';

export type OwnState = Pick<
  GroupStatus,
  'groupId' | 'readSeq' | 'unreadCount' | 'mentionCount' | 'lastSeq' | 'stateVersion'
>;

/** What a device shows of a message. */
export interface ShownMessage {
  senderId: string;
  content: string;
  recalled: boolean;
}

/** What a device shows of a group, by the letter of the protocol. */
export class GroupView {
  status: GroupStatus;
  readonly messages = new Map<number, ShownMessage>();
  counts = new ReferenceView();
  /** Up to here it has asked for messages; what was pushed since may have gaps. */
  loadedTo = 0;
  /** What was recalled may have been told before the message itself came. */
  readonly #recalled = new Set<number>();
  /** Messages that it has counted itself, ahead of what it was told. */
  #countedSeq = 0;
  /** Of the last state taken. */
  #turns = 0;
  /** Of what the group is called and shows: a read that was answered since says nothing of that. */
  #settingsVersion: number;

  constructor(status: GroupStatus) {
    this.status = status;
    this.#settingsVersion = status.stateVersion;
  }

  /** An answer may know of a later read, and of the group as it was before a recall; the SDK tells as well. */
  isOfOlderGroup({ stateVersion, lastSeq }: OwnState): boolean {
    return turnsIn(stateVersion, lastSeq) < this.#turns;
  }

  /** False when it is older than what is known, or may be: then the device asks. */
  applyOwn(own: OwnState): boolean {
    if (own.stateVersion < this.status.stateVersion) return true;
    const { groupId, readSeq, unreadCount, mentionCount, lastSeq, stateVersion } = own;
    if (lastSeq < this.#countedSeq) return false;
    const fields = { groupId, readSeq, unreadCount, mentionCount, lastSeq, stateVersion };
    this.status = { ...this.status, ...fields };
    const isOfOlderGroup = this.isOfOlderGroup(own);
    this.#turns = turnsIn(stateVersion, lastSeq);
    return !isOfOlderGroup;
  }

  applyStatus(status: GroupStatus): boolean {
    if (status.stateVersion >= this.#settingsVersion) {
      const { name, role, tracking, visibility, stateVersion } = status;
      this.status = { ...this.status, name, role, tracking, visibility };
      this.#settingsVersion = stateVersion;
    }
    return this.applyOwn(status);
  }

  /** False when the device has to ask how it stands. */
  receive(message: Message, userId: string): boolean {
    const { seq, senderId, mentions = [] } = message;
    this.show(message);
    const { lastSeq, unreadCount, mentionCount } = this.status;
    if (seq !== lastSeq + 1 || senderId === userId || message.recalled) return false;
    this.#countedSeq = seq;
    this.status = {
      ...this.status,
      lastSeq: seq,
      unreadCount: unreadCount + 1,
      mentionCount: mentionCount + (mentions.includes(userId) ? 1 : 0),
    };
    return true;
  }

  show({ seq, senderId, content, recalled, lost }: Message): void {
    if (lost) return;
    const isRecalled: boolean = recalled === true || this.#recalled.has(seq);
    const shown = { senderId, content: isRecalled ? '' : content, recalled: isRecalled };
    this.messages.set(seq, shown);
  }

  recall(fromSeq: number, toSeq: number): void {
    for (let seq = fromSeq; seq <= toSeq; seq++) {
      this.#recalled.add(seq);
      const shown = this.messages.get(seq);
      if (shown) this.messages.set(seq, { ...shown, content: '', recalled: true });
    }
  }

  update(frame: Omit<FieldsOf<'read_status_update'>, 'groupId'>): void {
    this.counts.apply(frame);
  }

  dropCounts(): void {
    this.counts = new ReferenceView();
  }
}
