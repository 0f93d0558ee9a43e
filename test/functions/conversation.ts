import type { NewGroup } from '../../functions/use-cases/create-group.ts';
import { createGroup } from '../../functions/use-cases/create-group.ts';
import { markMessages } from '../../functions/use-cases/mark-messages.ts';
import { ActivityNotes } from '../../functions/use-cases/note-activity.ts';
import { recordHistory } from '../../functions/use-cases/record-history.ts';
import { sendMessage } from '../../functions/use-cases/send-message.ts';
import { type OpenedService, openService } from './open-service.ts';

/** A group whose members talk and read, with the recorder at work right after each of them. */
export class Conversation {
  readonly opened: OpenedService;
  readonly groupId: string;
  #sent = 0;

  /** The first member is the owner. */
  static async open(
    memberIds: readonly string[],
    { retentionDays, ...group }: Partial<NewGroup> & { retentionDays?: number } = {},
  ): Promise<Conversation> {
    const opened = await openService(retentionDays === undefined ? {} : { retentionDays });
    return Conversation.begin(opened, 'team', memberIds, group);
  }

  /** Another group on the same table. */
  static async begin(
    opened: OpenedService,
    groupId: string,
    [ownerId = '', ...memberIds]: readonly string[],
    group: Partial<NewGroup> = {},
  ): Promise<Conversation> {
    const made = await createGroup(
      opened.service,
      { userId: ownerId },
      {
        ...{ groupId, name: 'Team', kind: 'group', tracking: 'receipts', visibility: 'members' },
        ...{ historyForNewMembers: 100, memberIds, ...group },
      },
    );
    if (!made.ok) throw new Error(made.problem.message);
    return new Conversation(opened, groupId);
  }

  constructor(opened: OpenedService, groupId: string) {
    this.opened = opened;
    this.groupId = groupId;
  }

  get service() {
    return this.opened.service;
  }

  /** Lets time go by. */
  wait(ms: number): void {
    this.opened.time.now += ms;
  }

  /** Moves on to a time of the day, some days later. */
  until(days: number, time: string): void {
    const day = new Date(this.opened.time.now + days * 86_400_000).toISOString().slice(0, 10);
    this.opened.time.now = Date.parse(`${day}T${time}:00Z`);
  }

  async say(userId: string): Promise<number> {
    const { groupId } = this;
    const clientMessageId = `m-${++this.#sent}`;
    const sent = await sendMessage(
      this.service,
      { userId },
      { groupId, clientMessageId, content: `message ${this.#sent}`, messageType: 'text' },
    );
    if (!sent.ok) throw new Error(sent.problem.message);
    await this.noteActivity();
    return sent.value.message.seq;
  }

  /** Reads up to a message; `after` milliseconds from now, if that is given. */
  async read(userId: string, upTo: number, afterMs = 0): Promise<void> {
    const { service, groupId } = this;
    this.wait(afterMs);
    const before = await service.members.get(groupId, userId);
    const marked = await markMessages(service, { userId }, 'read', [{ groupId, upTo }]);
    if (!marked.ok) throw new Error(marked.problem.message);
    const after = await service.members.get(groupId, userId);
    if (!after) throw new Error(`${userId} is no member`);
    const sequenceNumber = String(this.opened.time.now).padStart(20, '0');
    await recordHistory(service, [{ groupId, before, after, sequenceNumber }]);
    await this.noteActivity();
  }

  async noteActivity(): Promise<void> {
    const notes = new ActivityNotes(this.service.activity, this.service.clock);
    await notes.note([{ groupId: this.groupId, at: this.opened.time.now }]);
  }
}
