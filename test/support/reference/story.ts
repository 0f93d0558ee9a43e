import { type ReceiptKind, receiptKinds } from '@seenby/protocol/enums.ts';
import { fc } from '../properties.ts';

/** How far back a newcomer of a story begins. */
export const historyForNewMembers = 3;

/** Something that happens in a group, possible at its moment. */
export type Event = { at: number; userId: string } & (
  | { what: 'join' }
  | { what: 'leave' }
  | { what: 'send'; seq: number; mentions: string[] }
  | { what: 'recall'; seq: number }
  | { what: 'mark'; kind: ReceiptKind; seqs: number[] }
  | { what: 'markUpTo'; kind: ReceiptKind; upTo: number }
  | { what: 'markUnread'; fromSeq: number }
);

const users = ['ann', 'bo', 'cy', 'di', 'ed'];

/** A wish; what it comes to depends on who is there and how many messages there are by then. */
interface Wish {
  what: Event['what'];
  kind: ReceiptKind;
  /** Numbers that choose among the users and messages of the moment. */
  who: number;
  picks: number[];
  mentions: string[];
  /** Milliseconds since the event before. */
  pause: number;
}

const wishes: fc.Arbitrary<Wish> = fc.record({
  what: fc.constantFrom<Event['what'][]>(
    ...(['join', 'leave', 'recall', 'markUnread', 'markUpTo'] as const),
    ...(['send', 'send', 'send', 'mark', 'mark', 'mark'] as const),
  ),
  kind: fc.constantFrom(...receiptKinds),
  who: fc.nat({ max: 59 }),
  picks: fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 4 }),
  mentions: fc.subarray(users),
  pause: fc.integer({ min: 1, max: 5000 }),
});

interface Stage {
  present: readonly string[];
  lastSeq: number;
}

/** Nothing, when nobody is there to do it or there is no message to do it to. */
function toEvent(wish: Wish, { present, lastSeq }: Stage, at: number): Event | undefined {
  const { what, kind, who, picks, mentions } = wish;
  const able = what === 'join' ? users.filter((user) => !present.includes(user)) : present;
  const userId = able[who % able.length];
  if (userId === undefined) return undefined;
  const base = { at, userId };
  if (what === 'join' || what === 'leave') return { ...base, what };
  const heard = mentions.filter((user) => present.includes(user));
  if (what === 'send') return { ...base, what, seq: lastSeq + 1, mentions: heard };
  const seqs = picks.map((pick) => 1 + (pick % lastSeq));
  const seq = seqs[0];
  if (lastSeq === 0 || seq === undefined) return undefined;
  if (what === 'recall') return { ...base, what, seq };
  if (what === 'mark') return { ...base, what, kind, seqs };
  return what === 'markUpTo' ? { ...base, what, kind, upTo: seq } : { ...base, what, fromSeq: seq };
}

function after({ present, lastSeq }: Stage, event: Event): Stage {
  if (event.what === 'join') return { present: [...present, event.userId], lastSeq };
  if (event.what === 'leave') {
    return { present: present.filter((userId) => userId !== event.userId), lastSeq };
  }
  return { present, lastSeq: event.what === 'send' ? event.seq : lastSeq };
}

function toStory(list: readonly Wish[]): Event[] {
  let stage: Stage = { present: users.slice(0, 3), lastSeq: 0 };
  const story = stage.present.map((userId): Event => ({ at: 0, userId, what: 'join' }));
  let at = Date.UTC(2026, 0, 1);
  for (const wish of list) {
    at += wish.pause;
    const event = toEvent(wish, stage, at);
    if (!event) continue;
    story.push(event);
    stage = after(stage, event);
  }
  return story;
}

/** Joins, sends, marks of every kind, recalls, leaves and returns, in every order that can be. */
export const stories: fc.Arbitrary<Event[]> = fc
  .array(wishes, { maxLength: 60, size: 'max' })
  .map(toStory);
