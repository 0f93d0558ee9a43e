import type { Counts, MessageStatus, ReceiptLine } from '@seenby/protocol/entities.ts';
import { join, leave, markRows, markUnread, send, takeBack } from './reference-actions.ts';
import {
  newGroup,
  type ReferenceChat,
  type ReferenceGroup,
  type ReferenceMember,
  type ReferenceMessage,
} from './reference-chat.ts';
import { badgeOf, countsOf, listOf, messageStatusOf, readSeqOf } from './reference-views.ts';
import { type Event, historyForNewMembers } from './story.ts';

/** Whom lists and counts of groups are for makes no difference. */
const anyone = '';

/** What the reference model makes of a story in one group. */
export class ExpectedGroup {
  readonly #chat: ReferenceChat;
  readonly #group: ReferenceGroup;

  constructor(story: readonly Event[]) {
    const settings = { kind: 'group', tracking: 'receipts', visibility: 'members' } as const;
    this.#group = newGroup('team', { ...settings, historyForNewMembers }, []);
    this.#chat = {
      ...{ now: 0, retentionDays: Number.POSITIVE_INFINITY },
      ...{ userIds: [], groups: [this.#group], receiptsOff: new Set() },
    };
    for (const event of story) this.#take(event);
  }

  #take(event: Event): void {
    const [chat, group, { userId }] = [this.#chat, this.#group, event];
    chat.now = event.at;
    if (event.what === 'join') join(group, userId, 'member');
    const member = this.#member(userId);
    if (event.what === 'leave') leave(group, member);
    if (event.what === 'send') this.#send(userId, event.seq, event.mentions);
    if (event.what === 'recall') takeBack(this.#message(event.seq));
    if (event.what === 'mark') markRows(chat, group, member, event.kind, event.seqs);
    if (event.what === 'markUpTo') {
      const seqs = Array.from({ length: event.upTo }, (_, i) => i + 1);
      markRows(chat, group, member, event.kind, seqs);
    }
    if (event.what === 'markUnread') markUnread(chat, group, userId, event.fromSeq);
  }

  #send(userId: string, seq: number, mentions: string[]): void {
    const draft = { clientMessageId: `m-${seq}`, content: `Message ${seq}`, mentions };
    send(this.#chat, this.#group, userId, { ...draft, messageType: 'text' });
  }

  #member(userId: string): ReferenceMember {
    const member = this.#group.members.get(userId);
    if (!member) throw new Error(`${userId} never joined.`);
    return member;
  }

  #message(seq: number): ReferenceMessage {
    const message = this.#group.messages[seq - 1];
    if (!message) throw new Error(`There is no message ${seq}.`);
    return message;
  }

  get userIds(): string[] {
    return [...this.#group.members.keys()];
  }

  get lastSeq(): number {
    return this.#group.messages.length;
  }

  counts(seq: number): Counts {
    return countsOf(this.#chat, this.#group, anyone, this.#message(seq));
  }

  status(seq: number): MessageStatus {
    return messageStatusOf(this.counts(seq));
  }

  /** The receipt list of a message, by user id. */
  audience(seq: number): ReceiptLine[] {
    return listOf(this.#chat, this.#group, anyone, this.#message(seq), undefined);
  }

  /** What a member's badge shows. Messages up to `floor` have expired. */
  unread(userId: string, floor: number) {
    const [chat, group] = this.#expiredUpTo(floor);
    const member = this.#member(userId);
    const unread = badgeOf(chat, group, member);
    return {
      readSeq: readSeqOf(chat, group, member),
      unreadCount: unread.length,
      mentionCount: unread.filter(({ message }) => message.mentions?.includes(userId)).length,
    };
  }

  #expiredUpTo(floor: number): [ReferenceChat, ReferenceGroup] {
    const messages = this.#group.messages.map((each) => {
      const isExpired = each.message.seq <= floor;
      const createdAt = isExpired ? Number.NEGATIVE_INFINITY : this.#chat.now;
      return { ...each, message: { ...each.message, createdAt } };
    });
    const group = { ...this.#group, messages };
    return [{ ...this.#chat, retentionDays: 1, groups: [group] }, group];
  }
}
