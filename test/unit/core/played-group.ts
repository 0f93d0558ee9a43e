import type { GroupState } from '@seenby/core/group.ts';
import { type MemberState, newMember } from '@seenby/core/members/member.ts';
import { comeBack, firstSeqOf, leave } from '@seenby/core/members/membership.ts';
import { type RangeSet, setOfSeqs, union } from '@seenby/core/ranges/range-set.ts';
import { mark, markOwn, markUnread, upToPosition } from '@seenby/core/reading/marking.ts';
import type { MessageFacts } from '@seenby/core/receipts/receipt-list.ts';
import type { ReceiptKind } from '@seenby/protocol/entities.ts';
import { aGroup } from '../../support/fixtures/a-group.ts';
import { type Event, historyForNewMembers } from '../../support/reference/story.ts';

/** One change of one member row, and the other rows as they stood. */
export interface Change {
  before: MemberState | undefined;
  after: MemberState;
  others: MemberState[];
  lastSeq: number;
}

/** A story as the rules of this project have it. */
export class PlayedGroup {
  group: GroupState = aGroup({ historyForNewMembers });
  readonly messages: MessageFacts[] = [];
  readonly changes: Change[] = [];
  readonly #members = new Map<string, MemberState>();

  constructor(story: readonly Event[]) {
    for (const event of story) this.#take(event);
  }

  get members(): MemberState[] {
    return [...this.#members.values()];
  }

  member(userId: string): MemberState {
    const member = this.#members.get(userId);
    if (!member) throw new Error(`${userId} never joined.`);
    return member;
  }

  #take(event: Event): void {
    const { at, userId, what } = event;
    if (what === 'join') this.#put(this.#joined(userId, at));
    const member = this.member(userId);
    if (what === 'leave') this.#put(leave(member, this.group.lastSeq));
    if (what === 'send') this.#send(member, event.seq, event.mentions, at);
    if (what === 'recall') {
      const recalled = union(this.group.recalled, setOfSeqs([event.seq]));
      this.group = { ...this.group, recalled };
    }
    if (what === 'mark') this.#mark(member, event.kind, setOfSeqs(event.seqs), at);
    if (what === 'markUpTo') this.#mark(member, event.kind, upToPosition(member, event.upTo), at);
    if (what === 'markUnread') this.#markUnread(member, Math.max(event.fromSeq, member.from));
  }

  #joined(userId: string, joinedAt: number): MemberState {
    const from = firstSeqOf(this.group.lastSeq, historyForNewMembers);
    const known = this.#members.get(userId);
    const again = { role: 'member', from, since: this.group.lastSeq + 1, joinedAt } as const;
    if (known) return comeBack(known, again);
    return newMember({ ...again, userId, ordinal: this.#members.size + 1 });
  }

  #send(sender: MemberState, seq: number, mentions: string[], createdAt: number): void {
    this.group = { ...this.group, lastSeq: seq };
    this.messages.push({ seq, senderId: sender.userId, createdAt });
    this.#put(markOwn(sender, seq));
    for (const userId of mentions) {
      const member = this.member(userId);
      const all = union(member.mentions, setOfSeqs([seq]));
      this.#put({ ...member, mentions: all, version: member.version + 1 });
    }
  }

  #mark(member: MemberState, kind: ReceiptKind, seqs: RangeSet, at: number): void {
    const marked = mark(member, kind, seqs, at, this.group.lastSeq);
    if (marked.outcome === 'advanced') this.#put(marked.member);
  }

  #markUnread(member: MemberState, fromSeq: number): void {
    const own = this.messages.filter(
      ({ seq, senderId }) => seq >= fromSeq && senderId === member.userId,
    );
    this.#put(markUnread(member, fromSeq, setOfSeqs(own.map(({ seq }) => seq))));
  }

  #put(after: MemberState): void {
    const before = this.#members.get(after.userId);
    const others = this.members.filter(({ userId }) => userId !== after.userId);
    this.changes.push({ before, after, others, lastSeq: this.group.lastSeq });
    this.#members.set(after.userId, after);
  }
}
