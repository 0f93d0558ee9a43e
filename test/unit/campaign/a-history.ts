import type { StoredGroup, StoredList } from '../../campaign/checker/stored-group.ts';
import type { Acknowledged, Act } from '../../campaign/history/events.ts';
import type { History, Operation } from '../../campaign/history/operations.ts';

const groupId = 'team';

export const operation = (
  userId: string,
  act: Act,
  at: [invokedAt: number, endedAt: number],
  more: Partial<Operation> = {},
): Operation => ({
  ...{ userId, groupId, act, invokedAt: at[0], endedAt: at[1], outcome: 'ok', answer: {}, ...more },
});

const answered = (answer: Acknowledged): Partial<Operation> => ({ answer });

export const span = (fromSeq: number, toSeq: number) => [{ fromSeq, toSeq }];

const message = (seq: number, senderId: string) => ({
  ...{ messageId: `m${seq}`, groupId, seq, senderId, messageType: 'text' as const },
  ...{ content: `text ${seq}`, createdAt: 100 * seq, clientMessageId: `c${seq}` },
});

type Line = [userId: string, deliveredAt: number | null, readAt: number | null];

const listOf = (senderId: string, lines: Line[]): StoredList => {
  const readCount = lines.filter(([, , readAt]) => readAt !== null).length;
  return {
    readCount,
    deliveredCount: lines.filter(([, deliveredAt]) => deliveredAt !== null).length,
    ...{ unreadCount: lines.length - readCount, totalCount: lines.length },
    members: lines.map(([userId, deliveredAt, readAt]) => ({
      ...{ userId, deliveredAt, readAt, ...(userId === senderId && { isSender: true as const }) },
    })),
  };
};

/** Ann writes two messages, bob reads both, cem has the first one; dan was in the group for a while. */
export function aHistory(): History {
  const send = (seq: number): Act => ({
    ...{ kind: 'send', clientMessageId: `c${seq}`, content: `text ${seq}` },
  });
  return {
    operations: [
      operation('ann', send(1), [90, 110], answered({ seq: 1 })),
      operation('ann', send(2), [190, 210], answered({ seq: 2 })),
      operation('bob', { kind: 'read', spans: span(1, 1) }, [300, 310], answered({ readSeq: 1 })),
      operation('bob', { kind: 'read', spans: span(1, 2) }, [320, 330], answered({ readSeq: 2 })),
      operation('cem', { kind: 'delivered', spans: span(1, 1) }, [340, 350]),
      operation('cem', { kind: 'read', spans: span(1, 9) }, [360, 370], {
        ...{ outcome: 'fail', code: 'BAD_REQUEST' },
      }),
      operation('ann', { kind: 'add', memberId: 'dan' }, [400, 410]),
      operation('ann', { kind: 'remove', memberId: 'dan' }, [500, 510]),
    ],
    showed: [1, 2].map((readSeq) => ({
      ...{ event: 'showed', at: 300, client: 'bob-1', userId: 'bob', groupId, readSeq },
    })),
    received: [
      { event: 'received', at: 450, userId: 'dan', groupId, type: 'new_message', sentAt: 450 },
      { event: 'received', at: 511, userId: 'dan', groupId, type: 'group_removed', sentAt: 511 },
    ],
  };
}

/** What is stored after it. */
export function aStoredGroup(): StoredGroup {
  return {
    ...{ groupId, memberIds: ['ann', 'bob', 'cem'], lastSeq: 2 },
    messages: [message(1, 'ann'), message(2, 'ann')],
    counts: [
      { fromSeq: 1, toSeq: 1, readCount: 2, deliveredCount: 3, unreadCount: 1, totalCount: 3 },
      { fromSeq: 2, toSeq: 2, readCount: 2, deliveredCount: 2, unreadCount: 1, totalCount: 3 },
    ],
    lists: new Map([
      [
        1,
        listOf('ann', [
          ['ann', 100, 100],
          ['bob', 305, 305],
          ['cem', 345, null],
        ]),
      ],
      [
        2,
        listOf('ann', [
          ['ann', 200, 200],
          ['bob', 325, 325],
          ['cem', null, null],
        ]),
      ],
    ]),
    positions: new Map([
      ['ann', { readSeq: 2, deliveredSeq: 2 }],
      ['bob', { readSeq: 2, deliveredSeq: 2 }],
      ['cem', { readSeq: 0, deliveredSeq: 1 }],
    ]),
  };
}
