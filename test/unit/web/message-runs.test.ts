import type { ShownMessage } from '@seenby/client';
import { expect, it } from 'vitest';
import { daysOf } from '../../../demo/web/conversation/list/message-runs.ts';

const noon = new Date(2026, 10, 27, 12).getTime();
const minuteMs = 60_000;

/** Written so many minutes after noon. */
const message = (seq: number, senderId: string, minutes: number): ShownMessage => ({
  ...{ state: 'sent', messageId: `m${seq}`, groupId: 'g', seq, senderId, messageType: 'text' },
  ...{ content: `Line ${seq}`, createdAt: noon + minutes * minuteMs, clientMessageId: `c${seq}` },
});

/** The seqs of each run of each day. */
const runsOf = (messages: readonly ShownMessage[], firstNewSeq?: number) =>
  daysOf(messages, firstNewSeq).map(({ runs }) =>
    runs.map((run) => run.messages.map((each) => (each.state === 'sent' ? each.seq : 0))),
  );

it('puts together what one author writes one after the other', () => {
  const messages = [message(1, 'bob', 0), message(2, 'bob', 9), message(3, 'mei', 10)];
  expect(runsOf(messages)).toEqual([[[1, 2], [3]]]);
});

it('begins anew after ten minutes, and after midnight', () => {
  const messages = [message(1, 'bob', 0), message(2, 'bob', 10), message(3, 'bob', 719)];
  expect(runsOf([...messages, message(4, 'bob', 721)])).toEqual([[[1], [2], [3]], [[4]]]);
});

it('lets the line for new messages stand between two of the same author', () => {
  const messages = [message(1, 'bob', 0), message(2, 'bob', 1)];
  expect(runsOf(messages, 2)).toEqual([[[1], [2]]]);
  expect(daysOf(messages, 2)[0]?.runs.map(({ isFirstNew }) => isFirstNew)).toEqual([false, true]);
});

it('keeps the key of a message when the service has stored it', () => {
  const {
    seq: _seq,
    messageId: _id,
    ...unsent
  } = message(1, 'bob', 0) as ShownMessage & {
    state: 'sent';
  };
  const pending: ShownMessage = { ...unsent, state: 'pending' };
  const [before, after] = [[pending], [message(1, 'bob', 0)]].map(
    (messages) => daysOf(messages, undefined)[0]?.runs[0]?.key,
  );
  expect(after).toBe(before);
});
