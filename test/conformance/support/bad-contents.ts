import { uniqueId } from '../../support/wire/service.ts';
import type { BadInput } from './bad-input.ts';

const newMessage = () => ({ clientMessageId: uniqueId('m'), content: 'x' });
const manyIds = (count: number): string[] => Array.from({ length: count }, () => 'x.1');

const messageRows: BadInput[] = [
  ['no content', { content: undefined }],
  ['content that is a number', { content: 1 }],
  ['8,193 bytes of content', { content: 'x'.repeat(8193) }],
  ['8,194 bytes in 4,097 characters', { content: 'é'.repeat(4097) }],
  ['an unknown messageType', { messageType: 'poem' }],
  ['mentions that are no list', { mentions: 'bob' }],
  ['metadata that is a list', { metadata: [1] }],
  ['metadata of 1,025 bytes', { metadata: { m: 'x'.repeat(1017) } }],
  ['metadata for a prototype', { metadata: JSON.parse('{"m":{"__proto__":1}}') }],
  [
    'metadata without end',
    { metadata: JSON.parse(`{"m":${'['.repeat(2000)}${']'.repeat(2000)}}`) },
  ],
].map(([what, change]) => ({
  title: `a message with ${what}`,
  code: 'BAD_REQUEST',
  frame: ({ groupId }) => ({
    type: 'send_message',
    groupId,
    ...newMessage(),
    ...(change as object),
  }),
  request: ({ groupId }) => [
    'POST',
    `/groups/${groupId}/messages`,
    { ...newMessage(), ...(change as object) },
  ],
}));

const sizeRows: BadInput[] = [
  ...[101, 10_000].map(
    (count): BadInput => ({
      title: `${count} message ids`,
      code: 'TOO_MANY',
      frame: () => ({ type: 'mark_read', messageIds: manyIds(count) }),
      request: () => ['POST', '/me/read', { messageIds: manyIds(count) }],
    }),
  ),
  {
    title: '51 groups to subscribe to',
    code: 'TOO_MANY',
    frame: () => ({ type: 'subscribe_group', groupIds: Array(51).fill('x') }),
  },
  {
    title: '51 mentions',
    code: 'TOO_MANY',
    frame: ({ groupId }) => ({
      type: 'send_message',
      groupId,
      ...newMessage(),
      mentions: Array(51).fill('x'),
    }),
    request: ({ groupId }) => [
      'POST',
      `/groups/${groupId}/messages`,
      { ...newMessage(), mentions: Array(51).fill('x') },
    ],
  },
  ...(
    [
      [{ fromSeq: 1, toSeq: 9_000_000 }],
      [{ fromSeq: 3, toSeq: 2 }],
      [{ fromSeq: 0, toSeq: 1 }],
      [],
    ] as const
  ).map(
    (ranges): BadInput => ({
      title: `the ranges ${JSON.stringify(ranges)}`,
      code: 'BAD_REQUEST',
      frame: ({ groupId }) => ({ type: 'mark_read', groupId, ranges }),
      request: ({ groupId }) => ['POST', `/groups/${groupId}/delivered`, { ranges }],
    }),
  ),
  {
    title: '51 ranges',
    code: 'TOO_MANY',
    frame: ({ groupId }) => ({
      ...{ type: 'mark_delivered', groupId },
      ranges: Array(51).fill({ fromSeq: 1, toSeq: 1 }),
    }),
  },
  {
    title: 'ranges and a position',
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({
      ...{ type: 'mark_read', groupId, upTo: 1 },
      ranges: [{ fromSeq: 1, toSeq: 1 }],
    }),
    request: ({ groupId }) => [
      'POST',
      `/groups/${groupId}/read`,
      { upTo: 1, ranges: [{ fromSeq: 1, toSeq: 1 }] },
    ],
  },
  {
    title: '101 positions',
    code: 'TOO_MANY',
    request: ({ groupId }) => [
      'POST',
      '/me/read',
      { positions: Array(101).fill({ groupId, upTo: 1 }) },
    ],
  },
  {
    title: '5,001 members',
    code: 'TOO_MANY',
    request: () => ['POST', '/groups', { name: 'A group', memberIds: Array(5001).fill('x') }],
  },
];

const groupRows: BadInput[] = [
  ['without a name', { name: undefined }],
  ['with an empty name', { name: '' }],
  ['with a name of 101 characters', { name: 'x'.repeat(101) }],
  ['without members', { memberIds: undefined }],
  ['of an unknown kind', { kind: 'channel' }],
  ['for two with a third', { kind: 'direct', memberIds: ['x', 'y'] }],
  ['with unknown tracking', { tracking: 'none' }],
  ['with unknown visibility', { visibility: 'nobody' }],
  ['with negative history', { historyForNewMembers: -1 }],
  ['with an owner of its own', { ownerId: 'bob' }],
].map(([what, change]) => ({
  title: `a new group ${what}`,
  code: 'BAD_REQUEST',
  request: () => ['POST', '/groups', { name: 'A group', memberIds: [], ...(change as object) }],
}));

/** Values that are too long, too many or unknown. */
export const badContents: readonly BadInput[] = [...messageRows, ...sizeRows, ...groupRows];
