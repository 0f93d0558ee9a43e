import { dayMs } from '@seenby/core/day.ts';
import { newMember } from '@seenby/core/members/member.ts';
import type { NewGroup } from '../../../functions/groups/create-group.ts';
import { createGroup } from '../../../functions/groups/create-group.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { ActivityNotes } from '../../../functions/presence/note-activity.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { recordReceipts } from '../../../functions/receipts/record-receipts.ts';
import { groupKey } from '../../../functions/store/dynamodb/keys.ts';
import { toMemberItem } from '../../../functions/store/items/member-item.ts';
import { type OpenedService, openService } from './open-service.ts';

/** Members that the use case makes a group with; others are added row by row as it would. */
const maxCreated = 100;

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
        ...{ historyForNewMembers: 100, memberIds: memberIds.slice(0, maxCreated), ...group },
      },
    );
    if (!made.ok) throw new Error(made.problem.message);
    if (memberIds.length > maxCreated) {
      await addFounders(opened, groupId, memberIds.slice(maxCreated));
    }
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
    const day = new Date(this.opened.time.now + days * dayMs).toISOString().slice(0, 10);
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
    const marked = await markOneGroup(service, { userId }, 'read', { groupId, upTo });
    if (!marked.ok) throw new Error(marked.problem.message);
    const after = await service.members.get(groupId, userId);
    if (!after) throw new Error(`${userId} is no member`);
    const sequenceNumber = String(this.opened.time.now).padStart(20, '0');
    await recordReceipts(service, [{ groupId, before, after, sequenceNumber }]);
    await this.noteActivity();
  }

  async noteActivity(): Promise<void> {
    const notes = new ActivityNotes(this.service.activity, this.service.clock);
    await notes.note([{ groupId: this.groupId, at: this.opened.time.now }]);
  }
}

/**
 * The rows that creation writes for each member, in batches: thousands of conditional writes one by
 * one are most of the time of a test that is about something else.
 */
async function addFounders(
  { table, time }: OpenedService,
  groupId: string,
  userIds: readonly string[],
): Promise<void> {
  const founder = (userId: string, i: number) =>
    newMember({
      ...{ userId, role: 'member', from: 1, joinedAt: time.now },
      ordinal: maxCreated + 2 + i,
    });
  await table.putMany(userIds.map(founder).map((member) => toMemberItem(groupId, member)));
  await table.update({
    Key: groupKey(groupId),
    UpdateExpression: 'ADD lastOrdinal :count',
    ExpressionAttributeValues: { ':count': userIds.length },
  });
}
