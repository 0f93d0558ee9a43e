import { emptySet, setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { OwnState } from '../../../../packages/client/src/read-state/own-state.ts';
import { LoadedMessages } from '../../../../packages/client/src/timeline/loaded-messages.ts';
import { aMessage, me } from '../support/scripted-client.ts';

/** As the service says it. */
const said = (
  readSeq: number,
  unreadCount: number,
  lastSeq: number,
  stateVersion: number,
  mentionCount = 0,
) => ({ readSeq, unreadCount, mentionCount, lastSeq, stateVersion });

/** A state, and what it shows of it. */
function ownState(...loaded: number[]) {
  const messages = new LoadedMessages();
  const state = new OwnState(() => me, messages);
  const arrive = (seq: number, with_: Partial<Message> = {}) =>
    messages.add([aMessage(seq, with_)]);
  for (const seq of loaded) arrive(seq);
  const shown = (pending = emptySet) => {
    state.show(pending);
    return [state.readSeq, state.unreadCount, state.mentionCount];
  };
  return { state, arrive, shown };
}

describe('where a member stands', () => {
  it('is not known before the service has said it, and in no doubt while nothing is there', () => {
    const { state, arrive } = ownState();
    expect(state.isInDoubt).toBe(false);
    arrive(1);
    state.count();
    expect(state.isInDoubt).toBe(true);
    arrive(2);
    state.take(said(0, 1, 1, 1));
    expect(state.isInDoubt).toBe(false);
  });

  it('[RD10] is what the highest version says; the same version confirms it', () => {
    const { state, shown } = ownState();
    state.take(said(5, 4, 9, 7));
    state.take(said(2, 7, 9, 6));
    expect(shown()).toEqual([5, 4, 0]);
    state.readElsewhere(setOfRange(1, 8));
    expect(state.isWaiting).toBe(true);
    state.take(said(5, 4, 9, 7));
    expect(state.isWaiting).toBe(false);
    expect(shown()).toEqual([5, 4, 0]);
    const { statesTaken } = state;
    state.take(said(0, 2, 9, 1), true);
    expect(shown()).toEqual([0, 2, 0]);
    expect(state.statesTaken).toBeGreaterThan(statesTaken);
  });

  it('includes what was read ahead, until the position falls', () => {
    const { state, shown } = ownState();
    state.take(said(2, 7, 9, 1));
    state.confirmAhead(setOfSeqs([2, 6, 8]), said(2, 7, 9, 1));
    const read = () => {
      shown();
      return [2, 3, 6, 7, 8].filter((seq) => state.hasRead(seq));
    };
    expect(read()).toEqual([2, 6, 8]);
    state.take(said(2, 5, 9, 2));
    expect(read()).toEqual([2, 6, 8]);
    state.take(said(3, 4, 9, 3));
    expect(read()).toEqual([2, 3, 6, 8]);
    state.take(said(2, 7, 9, 4));
    expect(read()).toEqual([2]);
  });

  it('[RD7] includes of that what lies below a badge that was put back', () => {
    const { state, shown } = ownState();
    state.take(said(2, 7, 9, 1));
    state.confirmAhead(setOfSeqs([5, 8]), said(2, 7, 9, 1));
    state.putBack(7, said(2, 6, 9, 2));
    shown();
    expect([5, 8].map((seq) => state.hasRead(seq))).toEqual([true, false]);
  });

  it('moves with messages that follow on and are read: own ones, and those read ahead', () => {
    const { state, arrive, shown } = ownState();
    state.take(said(10, 0, 10, 1));
    state.confirmAhead(setOfSeqs([12]), said(10, 0, 10, 1));
    arrive(11, { senderId: me });
    arrive(12);
    arrive(13);
    state.count();
    expect(shown()).toEqual([12, 1, 0]);
    expect(state.isInDoubt).toBe(false);
  });

  it('is forgotten with the membership, and in no doubt then', () => {
    const { state, shown } = ownState();
    state.take(said(2, 7, 9, 5));
    state.recall(undefined, 8);
    state.readElsewhere(setOfRange(1, 4));
    expect([state.isInDoubt, state.isWaiting]).toEqual([true, true]);
    const { statesTaken } = state;
    state.forget();
    expect([state.isInDoubt, state.isWaiting]).toEqual([false, false]);
    expect(state.statesTaken).toBeGreaterThan(statesTaken);
    expect(shown()).toEqual([0, 0, 0]);
    state.take(said(1, 1, 2, 1));
    expect(shown()).toEqual([1, 1, 0]);
  });
});

describe('an own message', () => {
  it('[RD10] leaves a doubt where the service may count it, until the position is past it', () => {
    const { state } = ownState();
    state.take(said(2, 9, 11, 1));
    state.sent(11);
    expect(state.isInDoubt).toBe(true);
    state.take(said(2, 9, 11, 2));
    expect(state.isInDoubt).toBe(true);
    state.take(said(11, 0, 11, 3));
    state.take(said(11, 1, 12, 4));
    expect(state.isInDoubt).toBe(false);
  });

  it('[RD10] leaves none that was asked for after it', () => {
    const { state } = ownState();
    state.take(said(2, 9, 11, 1));
    state.sent(11);
    state.take(said(2, 8, 11, 2), true);
    state.take(said(2, 9, 12, 3));
    expect(state.isInDoubt).toBe(false);
  });

  it('leaves none while the service has not counted that far', () => {
    const { state } = ownState();
    state.take(said(2, 9, 11, 1));
    state.sent(12);
    expect(state.isInDoubt).toBe(false);
    state.take(said(2, 9, 11, 2));
    expect(state.isInDoubt).toBe(false);
    state.take(said(2, 10, 12, 3));
    expect(state.isInDoubt).toBe(true);
  });

  it('that was counted here leaves a doubt only when the service says something new', () => {
    const { state, arrive } = ownState();
    state.take(said(2, 9, 11, 1));
    arrive(12, { senderId: me });
    state.count();
    state.sent(12);
    expect(state.isInDoubt).toBe(false);
    state.take(said(2, 10, 12, 2));
    expect(state.isInDoubt).toBe(true);
  });

  it('that is read already leaves none, nor does one of somebody else', () => {
    const { state, arrive, shown } = ownState();
    state.take(said(11, 0, 11, 1));
    shown();
    state.sent(11);
    arrive(12);
    state.count();
    state.take(said(11, 1, 12, 2));
    expect(state.isInDoubt).toBe(false);
  });
});

describe('the badge', () => {
  it('[UN1] counts what lies above a gap, but own messages and those read', () => {
    const { state, arrive, shown } = ownState();
    state.take(said(2, 3, 10, 1));
    for (const seq of [12, 14]) arrive(seq);
    arrive(13, { senderId: me });
    expect(shown()).toEqual([2, 5, 0]);
    expect(shown(setOfSeqs([14]))).toEqual([2, 4, 0]);
    expect(state.isInDoubt).toBe(true);
  });

  it('[UN1] is no more than what can be left above a read', () => {
    const { state, arrive, shown } = ownState(10);
    arrive(9, { senderId: me });
    state.take(said(2, 7, 10, 1));
    expect(shown(setOfRange(1, 8))).toEqual([9, 1, 0]);
    expect(shown(setOfRange(1, 7))).toEqual([7, 2, 0]);
    arrive(12);
    expect(shown(setOfRange(1, 7))).toEqual([7, 3, 0]);
  });

  it('[RD10] keeps what was read ahead where the service says less than was counted here', () => {
    const { state, arrive, shown } = ownState();
    state.take(said(2, 0, 2, 1));
    state.confirmAhead(setOfSeqs([5, 6]), said(2, 0, 2, 1));
    arrive(3, { senderId: me });
    for (const seq of [4, 5, 6]) arrive(seq);
    state.count();
    expect(shown()).toEqual([3, 1, 0]);
    state.take(said(2, 2, 6, 2));
    expect(shown(setOfSeqs([4]))[0]).toBe(6);
  });

  it('[UN1] loses one for each message that is read here', () => {
    const { state, shown } = ownState(5);
    state.take(said(2, 3, 10, 1));
    expect(shown(setOfSeqs([5]))).toEqual([2, 2, 0]);
    state.take(said(2, 9, 11, 2));
    expect(shown(setOfSeqs([5]))).toEqual([2, 8, 0]);
  });

  it('[MS4] is not changed by the recall of a message that it does not count yet', () => {
    const { state, shown } = ownState();
    state.take(said(2, 8, 10, 1));
    state.recall(undefined, 11);
    state.recall(undefined, 2);
    expect(state.isInDoubt).toBe(false);
    state.recall(undefined, 10);
    expect(state.isInDoubt).toBe(true);
    expect(shown()).toEqual([2, 8, 0]);
  });
});
