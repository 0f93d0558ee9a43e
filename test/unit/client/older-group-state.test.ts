import { stateVersionOf } from '@seenby/core/reading/state-version.ts';
import { expect, it } from 'vitest';
import { OwnState } from '../../../packages/client/src/read-state/own-state.ts';

const none = { above: () => [], get: () => undefined, hasReceived: () => false, lastSeq: 0 };

const state = (revision: number, groupTurns: number, readSeq: number) => ({
  ...{ readSeq, unreadCount: 1, mentionCount: 0, lastSeq: 3 },
  stateVersion: stateVersionOf({ revision, turns: 1 }, { lastSeq: 3, turns: groupTurns }, 0),
});

it('[RD10] an answer that knows of a read and not of a recall has the service asked', () => {
  const own = new OwnState(() => 'ann', none as never);
  // Message 2 has been recalled, and the position moved past it.
  own.take(state(6, 1, 2));
  expect(own.isInDoubt).toBe(false);
  // A mark that was under way when that happened.
  own.take(state(7, 0, 1));
  expect(own.isInDoubt).toBe(true);
  own.take(state(7, 1, 3));
  expect(own.isInDoubt).toBe(false);
});
