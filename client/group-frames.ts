import type { Group, GroupStatus, Message } from '../protocol/entities.ts';
import type { Standing } from './badge.ts';
import type { Conversation, MessageWithCounts } from './conversation.ts';
import type { ReceivedFrame } from './link.ts';
import type { Outbox } from './outbox.ts';
import type { Reading } from './reading.ts';
import type { Receipts } from './receipts.ts';
import { SeenbyError } from './seenby-error.ts';
import type { Session } from './session.ts';
import type { Typists } from './typists.ts';

interface Parts {
  session: Session;
  groupId: string;
  changed: () => void;
  isOpen: () => boolean;
  conversation: Conversation;
  receipts: Receipts;
  reading: Reading;
  outbox: Outbox;
  typists: Typists;
}

const previewCharacters = 100;
const countedAtFirst = 100;

/** What the service says of a group, taken to the parts it concerns. */
export class GroupFrames {
  readonly #parts: Parts;
  #status: GroupStatus | undefined;
  #asked: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The group's line in the list of groups, up to date. */
  get status(): GroupStatus | undefined {
    if (!this.#status) return undefined;
    const { readSeq, unreadCount, mentionCount } = this.#parts.reading.badge;
    return { ...this.#status, readSeq, unreadCount, mentionCount };
  }

  get unreadCount(): number {
    return this.#status ? this.#parts.reading.badge.unreadCount : 0;
  }

  get reading(): Reading {
    return this.#parts.reading;
  }

  /**
   * Opens the group for this connection, or closes it. One after the other, since the service takes
   * frames in any order; what is not wanted any more when its turn comes is not asked. Without a
   * connection the next one begins with the groups that are open then.
   */
  ask(type: 'subscribe_group' | 'unsubscribe_group'): Promise<void> {
    const asked = this.#asked.then(async () => {
      const { session, groupId, isOpen } = this.#parts;
      if (isOpen() !== (type === 'subscribe_group')) return;
      const reply = await session.ask({ type, groupId }).catch(unlessOffline);
      if (reply?.type === 'subscription_error') throw new SeenbyError(reply.code, reply.message);
    });
    this.#asked = asked.catch(() => {});
    return asked;
  }

  /** How the group stands, on every new connection. */
  establish(status: GroupStatus): void {
    const { conversation, receipts } = this.#parts;
    if (this.#status && this.#status.tracking !== status.tracking) receipts.reset();
    const isStale = this.#status && status.lastSeq < this.#status.lastSeq;
    const { lastMessage, lastSeq } = (isStale && this.#status) || status;
    this.#status = { ...status, lastSeq, ...(lastMessage && { lastMessage }) };
    this.#stand(status);
    // Only what is on a screen is worth a request of its own; the rest is fetched when it moves.
    if (!conversation.isPlaced) conversation.noteLastSeq(status.lastSeq);
    this.#parts.changed();
  }

  takeSettings({ name, tracking }: Group): void {
    if (this.#status) this.#status = { ...this.#status, name, tracking };
    this.#parts.changed();
    this.recount();
  }

  /** The user may see other counts now than before. */
  recount(): void {
    this.#parts.receipts.reset();
    if (this.#parts.isOpen()) this.ask('subscribe_group').catch(() => {});
  }

  /** The user is in the group no more. */
  leave(): void {
    if (!this.#status) return;
    this.#status = undefined;
    this.stop();
    this.#parts.changed();
  }

  resume(): void {
    this.#parts.outbox.resume();
    this.#parts.reading.resume();
  }

  stop(): void {
    const { conversation, outbox, reading, typists } = this.#parts;
    for (const part of [conversation, outbox, reading, typists]) part.stop();
  }

  receive(frame: ReceivedFrame): void {
    const { session, groupId, conversation, reading, receipts, typists } = this.#parts;
    switch (frame.type) {
      case 'new_message':
      case 'message_sent':
        conversation.receive(frame.message);
        break;
      case 'message_recalled':
        this.recalled(frame.seq);
        break;
      case 'read_status_update':
        receipts.update(frame);
        break;
      case 'mark_read_confirmed':
      case 'read_position':
        reading.takePosition(frame.readSeq, frame.unreadCount);
        break;
      case 'subscription_confirmed':
        this.#subscribed(frame, frame.version);
        break;
      case 'typing_indicator':
        typists.saw(frame.userId);
        session.emit('typing', { groupId, userId: frame.userId });
        break;
      default:
        this.#pass(frame);
    }
  }

  /** Frames that change nothing here and are for the app to know. */
  #pass(frame: ReceivedFrame): void {
    const { session, groupId } = this.#parts;
    if (frame.type === 'member_changed') {
      const { userId, change, role } = frame;
      session.emit('members', { groupId, userId, change, ...(role && { role }) });
    } else if (frame.type === 'unread_reminder') {
      session.emit('reminder', { groupId, seq: frame.seq, fromUserId: frame.fromUserId });
    } else if (frame.type === 'system_notification') {
      session.emit('notification', { groupId, text: frame.text });
    } else if (frame.type === 'subscription_error') {
      session.emit('error', { error: new SeenbyError(frame.code, frame.message), groupId });
    }
  }

  recalled(seq: number): void {
    const { conversation, reading, session, groupId, changed } = this.#parts;
    const before = conversation.log.get(seq);
    if (before?.recalled) return;
    reading.recall(before, seq);
    const message = conversation.log.recall(seq);
    const last = this.#status?.lastMessage;
    if (this.#status && last?.seq === seq) {
      this.#status = { ...this.#status, lastMessage: { ...last, content: '', recalled: true } };
    }
    changed();
    if (message) session.emit('message', { groupId, message });
  }

  arrived(messages: readonly Message[]): void {
    const { session, groupId, conversation, reading, typists, isOpen } = this.#parts;
    reading.arrived(messages);
    for (const message of messages) {
      this.#showLast(message);
      typists.stopped(message.senderId);
      session.emit('message', { groupId, message });
    }
    if (!isOpen()) conversation.trim();
  }

  loaded(messages: readonly MessageWithCounts[]): void {
    const { reading, receipts, outbox, changed } = this.#parts;
    for (const message of messages) outbox.settle(message);
    receipts.loaded(messages);
    reading.loaded();
    changed();
  }

  firstUnread(): number | undefined {
    const { conversation, reading, session } = this.#parts;
    if (reading.badge.unreadCount === 0) return undefined;
    for (let seq = reading.badge.readSeq + 1; seq <= conversation.lastSeq; seq++) {
      const message = conversation.log.get(seq);
      const isSkipped = message?.senderId === session.userId || message?.recalled;
      if (!isSkipped && !reading.badge.hasRead(seq)) return seq;
    }
    return undefined;
  }

  #subscribed(standing: Standing, version: number): void {
    const { conversation, receipts } = this.#parts;
    this.#stand(standing);
    conversation.noteLastSeq(standing.lastSeq);
    const newest = standing.lastSeq - countedAtFirst + 1;
    const from = Math.min(conversation.log.firstSeq ?? newest, newest);
    if (this.#status?.tracking !== 'positions') {
      void receipts.catchUp(version, from, standing.lastSeq);
    }
  }

  #stand(standing: Standing): void {
    this.#parts.reading.takeStanding(standing);
  }

  #showLast({ groupId: _group, clientMessageId: _id, mentions: _m, ...message }: Message): void {
    const status = this.#status;
    if (!status || message.seq <= status.lastSeq) return;
    const content = [...message.content].slice(0, previewCharacters).join('');
    this.#status = { ...status, lastSeq: message.seq, lastMessage: { ...message, content } };
  }
}

function unlessOffline(error: SeenbyError): undefined {
  if (error.code !== 'OFFLINE') throw error;
}
