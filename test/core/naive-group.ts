import type { Counts, MessageStatus, ReceiptKind, ReceiptLine } from '../../protocol/entities.ts';
import { type Event, historyForNewMembers } from './story.ts';

interface NaiveMember {
  userId: string;
  isPresent: boolean;
  from: number;
  readAt: Map<number, number>;
  deliveredAt: Map<number, number>;
  playedAt: Map<number, number>;
  unreadFrom: number | undefined;
}

interface NaiveMessage {
  seq: number;
  senderId: string;
  recalled: boolean;
  mentions: string[];
}

const keepFirst = (times: Map<number, number>, seq: number, at: number) =>
  times.set(seq, times.get(seq) ?? at);

/** The rules as one would first write them down: a note per message and member. */
export class NaiveGroup {
  readonly #members = new Map<string, NaiveMember>();
  readonly #messages: NaiveMessage[] = [];

  constructor(story: readonly Event[]) {
    for (const event of story) this.#take(event);
  }

  #take(event: Event): void {
    if (event.what === 'join') this.#join(event.userId);
    const member = this.#member(event.userId);
    if (event.what === 'leave') {
      member.isPresent = false;
      member.unreadFrom = undefined;
    }
    if (event.what === 'send') this.#send(member, event.seq, event.mentions, event.at);
    if (event.what === 'recall') this.#message(event.seq).recalled = true;
    if (event.what === 'mark') mark(member, event.kind, event.seqs, event.at);
    if (event.what === 'markUpTo') {
      const seqs = this.#messages.map(({ seq }) => seq).filter((seq) => seq <= event.upTo);
      mark(member, event.kind, seqs, event.at);
    }
    if (event.what === 'markUnread') member.unreadFrom = Math.max(event.fromSeq, member.from);
  }

  #join(userId: string): void {
    const known = this.#members.get(userId);
    const [readAt, deliveredAt, playedAt] = [new Map(), new Map(), new Map()];
    this.#members.set(userId, {
      ...(known ?? { userId, readAt, deliveredAt, playedAt, unreadFrom: undefined }),
      isPresent: true,
      from: Math.max(1, this.#messages.length - historyForNewMembers + 1),
    });
  }

  #send(sender: NaiveMember, seq: number, mentions: string[], at: number): void {
    this.#messages.push({ seq, senderId: sender.userId, recalled: false, mentions });
    sender.readAt.set(seq, at);
    sender.deliveredAt.set(seq, at);
  }

  #member(userId: string): NaiveMember {
    const member = this.#members.get(userId);
    if (!member) throw new Error(`${userId} never joined.`);
    return member;
  }

  #message(seq: number): NaiveMessage {
    const message = this.#messages[seq - 1];
    if (!message) throw new Error(`There is no message ${seq}.`);
    return message;
  }

  get userIds(): string[] {
    return [...this.#members.keys()];
  }

  get lastSeq(): number {
    return this.#messages.length;
  }

  counts(seq: number): Counts {
    const audience = this.audience(seq);
    const readCount = audience.filter(({ readAt }) => readAt !== null).length;
    return {
      readCount,
      unreadCount: audience.length - readCount,
      deliveredCount: audience.filter(({ deliveredAt }) => deliveredAt !== null).length,
      totalCount: audience.length,
    };
  }

  status(seq: number): MessageStatus {
    const audience = this.audience(seq);
    if (audience.every(({ readAt }) => readAt !== null)) return 'read';
    return audience.every(({ deliveredAt }) => deliveredAt !== null) ? 'delivered' : 'sent';
  }

  /** The receipt list of a message. */
  audience(seq: number): ReceiptLine[] {
    const { senderId } = this.#message(seq);
    return [...this.#members.values()]
      .filter(({ isPresent, from, readAt }) => readAt.has(seq) || (isPresent && seq >= from))
      .map(({ userId, isPresent, readAt, deliveredAt, playedAt }) => ({
        userId,
        ...(userId === senderId && { isSender: true as const }),
        deliveredAt: deliveredAt.get(seq) ?? null,
        readAt: readAt.get(seq) ?? null,
        ...(playedAt.has(seq) && { playedAt: playedAt.get(seq) ?? null }),
        ...(!isPresent && { left: true as const }),
      }));
  }

  /** What a member's badge shows. Messages up to `floor` have expired. */
  unread(userId: string, floor: number) {
    const { from, readAt, unreadFrom = Infinity } = this.#member(userId);
    const visible = this.#messages.filter(({ seq }) => seq >= from && seq > floor);
    const unread = visible
      .filter(({ seq, senderId }) => senderId !== userId && (!readAt.has(seq) || seq >= unreadFrom))
      .filter(({ recalled }) => !recalled);
    const position =
      (visible.find(({ seq, recalled }) => !recalled && !readAt.has(seq))?.seq ??
        this.lastSeq + 1) - 1;
    const mentionCount = unread.filter(({ mentions }) => mentions.includes(userId)).length;
    return {
      readSeq: Math.min(position, Math.max(unreadFrom, from, floor + 1) - 1),
      unreadCount: unread.length,
      mentionCount,
    };
  }
}

function mark(member: NaiveMember, kind: ReceiptKind, seqs: readonly number[], at: number): void {
  const { from, readAt, deliveredAt, playedAt, unreadFrom = Infinity } = member;
  for (const seq of seqs.filter((each) => each >= from)) {
    keepFirst(deliveredAt, seq, at);
    if (kind === 'delivered') continue;
    keepFirst(readAt, seq, at);
    if (kind === 'played') keepFirst(playedAt, seq, at);
    if (seq >= unreadFrom) member.unreadFrom = undefined;
  }
}
