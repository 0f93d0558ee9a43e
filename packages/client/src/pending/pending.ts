import { difference, emptySet, type RangeSet, union } from '@seenby/core/ranges/range-set.ts';
import type { PendingMessage } from '../timeline/messages.ts';

/** Messages that a member has read and received in a group and the service has not confirmed yet. */
export interface PendingReceipts {
  read: RangeSet;
  delivered: RangeSet;
}

/** What of a group the service has not confirmed yet. */
export interface Pending extends PendingReceipts {
  /** Written by the user, in the order in which they are to be sent. */
  messages: readonly PendingMessage[];
}

/** Of messages their ids do. */
export interface Confirmed extends PendingReceipts {
  messages: readonly Pick<PendingMessage, 'clientMessageId'>[];
}

export const nothingPending: Pending = { read: emptySet, delivered: emptySet, messages: [] };

/** Messages of both are those of `b`, and come last. */
export const mergePending = (a: Pending, b: Pending): Pending =>
  normalized(union(a.read, b.read), union(a.delivered, b.delivered), [
    ...without(a.messages, b.messages),
    ...b.messages,
  ]);

/** What is left once the service has confirmed these. */
export const withoutConfirmed = (a: Pending, b: Confirmed): Pending =>
  normalized(
    difference(a.read, b.read),
    difference(a.delivered, b.delivered),
    without(a.messages, b.messages),
  );

export const isEmpty = ({ read, delivered, messages }: Pending): boolean =>
  read.length + delivered.length + messages.length === 0;

/** A read covers the delivery. */
const normalized = (
  read: RangeSet,
  delivered: RangeSet,
  messages: Pending['messages'],
): Pending => ({
  read,
  delivered: difference(delivered, read),
  messages,
});

const without = (messages: Pending['messages'], gone: Confirmed['messages']): Pending['messages'] =>
  messages.filter(
    ({ clientMessageId }) => !gone.some((each) => each.clientMessageId === clientMessageId),
  );
