import type { ErrorCode } from '@seenby/protocol/errors.ts';
import type { Acknowledged, Act, HistoryEvent, Invoked, Received, Showed } from './events.ts';

/** A request from its beginning to its end. */
export interface Operation {
  userId: string;
  groupId: string;
  act: Act;
  invokedAt: number;
  outcome: 'ok' | 'fail' | 'unknown';
  /** Infinite while nobody knows the end. */
  endedAt: number;
  answer: Acknowledged;
  code?: ErrorCode;
}

/** What all clients together have noted. */
export interface History {
  operations: Operation[];
  showed: Showed[];
  received: Received[];
}

/** Joins the beginnings and ends of requests; each list is what one process has noted. */
export function historyOf(files: readonly (readonly HistoryEvent[])[]): History {
  const events = files.flat();
  return {
    operations: files.flatMap(operationsOf),
    showed: events.filter((event): event is Showed => event.event === 'showed'),
    received: events.filter((event): event is Received => event.event === 'received'),
  };
}

function operationsOf(events: readonly HistoryEvent[]): Operation[] {
  const operations = new Map<number, Operation>();
  for (const event of events) {
    if (event.event === 'invoke') operations.set(event.op, begun(event));
    else if ('op' in event) {
      const operation = operations.get(event.op);
      if (!operation) throw new Error(`the history ends ${event.op}, which never began`);
      end(operation, event);
    }
  }
  return [...operations.values()];
}

const begun = ({ userId, groupId, act, at }: Invoked): Operation => ({
  ...{ userId, groupId, act, invokedAt: at },
  ...{ outcome: 'unknown', endedAt: Number.POSITIVE_INFINITY, answer: {} },
});

function end(operation: Operation, event: HistoryEvent): void {
  if (event.event === 'ok') {
    const { event: outcome, at, ...answer } = event;
    Object.assign(operation, { outcome, endedAt: at, answer });
  } else if (event.event === 'fail') {
    Object.assign(operation, { outcome: 'fail', endedAt: event.at, code: event.code });
  }
  // What is unknown may still be done later.
}
