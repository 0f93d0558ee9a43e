import { uniqueId } from '../../support/wire/service.ts';
import type { BadInput } from './bad-input.ts';

const badIds: [title: string, id: unknown][] = [
  ['with #', 'G#M'],
  ['that is empty', ''],
  ['of 129 characters', 'x'.repeat(129)],
  ['with a space', 'a b'],
  ['with a slash', 'a/b'],
  ['with letters beyond ASCII', 'gruppé'],
  ['with a line end', 'a\n'],
  ['that is a number', 7],
  ['that is null', null],
  ['that is a list', ['a']],
];

const badSeqs: [title: string, seq: unknown][] = [
  ['0', 0],
  ['-1', -1],
  ['2^53', 2 ** 53],
  ['1.5', 1.5],
  ['text', '1'],
  ['null', null],
  ['true', true],
  ['beyond the last', 4],
];

const newMessage = () => ({ clientMessageId: uniqueId('m'), content: 'x' });

const idRows = badIds.map(
  ([title, id]): BadInput => ({
    title: `a groupId ${title}`,
    code: 'BAD_REQUEST',
    frame: () => ({ type: 'mark_read', groupId: id, upTo: 1 }),
    request: () => ['POST', '/me/read', { positions: [{ groupId: id, upTo: 1 }] }],
  }),
);

const otherIdRows = badIds.slice(0, 4).flatMap(([title, id]): BadInput[] => [
  {
    title: `a clientMessageId ${title}`,
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({
      type: 'send_message',
      groupId,
      ...newMessage(),
      clientMessageId: id,
    }),
    request: ({ groupId }) => [
      'POST',
      `/groups/${groupId}/messages`,
      { ...newMessage(), clientMessageId: id },
    ],
  },
  {
    title: `a user id ${title}`,
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({ type: 'send_message', groupId, ...newMessage(), mentions: [id] }),
    request: () => ['POST', '/groups', { name: 'A group', memberIds: [id] }],
  },
]);

const seqRows = badSeqs.flatMap(([title, seq]): BadInput[] => [
  {
    title: `reading up to ${title}`,
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({ type: 'mark_read', groupId, upTo: seq }),
    request: ({ groupId }) => ['POST', `/groups/${groupId}/read`, { upTo: seq }],
  },
  {
    title: `delivery up to ${title}`,
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({ type: 'mark_delivered', groupId, upTo: seq }),
    request: ({ groupId }) => ['POST', `/groups/${groupId}/delivered`, { upTo: seq }],
  },
  {
    title: `unread from ${title}`,
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({ type: 'mark_unread', groupId, fromSeq: seq }),
    request: ({ groupId }) => ['POST', `/groups/${groupId}/unread`, { fromSeq: seq }],
  },
]);

// What is beyond the last is refused by its group alone.
const positionRows = badSeqs
  .filter(([, seq]) => seq !== 4)
  .map(
    ([title, seq]): BadInput => ({
      title: `positions of several groups, one of them ${title}`,
      code: 'BAD_REQUEST',
      request: ({ groupId }) => ['POST', '/me/read', { positions: [{ groupId, upTo: seq }] }],
    }),
  );

const messageIdRows = ['0', '-1', '1,5', '01', '9007199254740993', '4', 'x', ''].map(
  (seq): BadInput => ({
    title: `a message id that ends in "${seq}" among good ones`,
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({
      ...{ type: 'mark_read', messageIds: [`${groupId}.2`, `${groupId}.${seq}`] },
    }),
    request: ({ groupId }) => [
      'POST',
      `/groups/${groupId}/read`,
      { messageIds: [`${groupId}.2`, `${groupId}.${seq}`] },
    ],
  }),
);

const pathRows = [
  ...['0', '-1', '1.5', '9007199254740992', '1e1', 'x', '%20'].map(
    (seq): BadInput => ({
      title: `the list of message ${seq}`,
      code: 'BAD_REQUEST',
      request: ({ groupId }) => ['GET', `/groups/${groupId}/messages/${seq}/receipts`],
    }),
  ),
  ...['G%23M', 'G%2523M', 'x'.repeat(129), 'a%20b', '%00', '%25'].map(
    (id): BadInput => ({
      title: `the group ${id}`,
      code: 'BAD_REQUEST',
      request: () => ['GET', `/groups/${id}`],
    }),
  ),
];

const queryRows = [
  ...['from=0&to=1', 'from=1&to=0', 'from=1', 'from=1.5&to=2', 'from=1&to=9007199254740992'],
  ...['from=1&to=1001', 'from=4&to=4', 'from=1&to=2&all=1', ''],
]
  .map(
    (query): BadInput => ({
      title: `counts for "${query}"`,
      code: 'BAD_REQUEST',
      request: ({ groupId }) => ['GET', `/groups/${groupId}/receipts?${query}`],
    }),
  )
  .concat(
    ['before=2&after=1', 'limit=0', 'limit=101', 'limit=x', 'before=0', 'after=-1', 'all=1'].map(
      (query) => ({
        title: `history for "${query}"`,
        code: 'BAD_REQUEST',
        request: ({ groupId }) => ['GET', `/groups/${groupId}/messages?${query}`],
      }),
    ),
  );

/** Ids and seqs that are none, wherever one is taken. */
export const badIdentifiers: readonly BadInput[] = [
  ...idRows,
  ...otherIdRows,
  ...seqRows,
  ...positionRows,
  ...messageIdRows,
  ...pathRows,
  ...queryRows,
];
