import { uniqueId } from '../../support/wire/service.ts';
import type { BadInput } from './bad-input.ts';

const newMessage = () => ({ clientMessageId: uniqueId('m'), content: 'x' });

/** What is no frame or body of the protocol. */
export const badShapes: BadInput[] = [
  ...['{"upTo":', '', '[]', 'null', '"x"', '42', '{"upTo":1}}'].map(
    (text): BadInput => ({
      title: `what is not a JSON object: ${text || 'nothing'}`,
      code: 'BAD_REQUEST',
      ...(text && { frame: () => text }),
      request: ({ groupId }) => ['POST', `/groups/${groupId}/read`, text],
    }),
  ),
  ...[undefined, null, 7, '', 'mark_everything', '$connect', '$disconnect', '$default'].map(
    (type): BadInput => ({
      title: `the type ${type}`,
      code: 'BAD_REQUEST',
      frame: ({ groupId }) => ({ type, groupId, upTo: 1 }),
    }),
  ),
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].flatMap((name): BadInput[] => [
    {
      title: `the type ${name}`,
      code: 'BAD_REQUEST',
      frame: () => ({ type: name }),
    },
    {
      title: `a field ${name}`,
      code: 'BAD_REQUEST',
      frame: ({ groupId }) =>
        `{"type":"mark_read","groupId":"${groupId}","upTo":1,"${name}":{"role":"owner"}}`,
      request: ({ groupId }) => [
        'POST',
        `/groups/${groupId}/read`,
        `{"upTo":1,"${name}":{"role":"owner"}}`,
      ],
    },
    {
      title: `a field ${name} in a list`,
      code: 'BAD_REQUEST',
      request: ({ groupId }) => [
        'POST',
        '/me/read',
        `{"positions":[{"groupId":"${groupId}","upTo":1,"${name}":{}}]}`,
      ],
    },
  ]),
  {
    title: 'an unknown field',
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({ type: 'mark_read', groupId, upTo: 1, userId: 'bob' }),
    request: ({ groupId }) => ['POST', `/groups/${groupId}/read`, { upTo: 1, userId: 'bob' }],
  },
  {
    title: 'a message with a sender of its own',
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({ type: 'send_message', groupId, ...newMessage(), senderId: 'bob' }),
    request: ({ groupId }) => [
      'POST',
      `/groups/${groupId}/messages`,
      { ...newMessage(), senderId: 'bob' },
    ],
  },
  {
    title: 'a requestId of 65 characters',
    code: 'BAD_REQUEST',
    frame: ({ groupId }) =>
      JSON.stringify({ type: 'mark_read', groupId, upTo: 1, requestId: 'x'.repeat(65) }),
  },
  {
    title: 'a requestId that is a number',
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => JSON.stringify({ type: 'mark_read', groupId, upTo: 1, requestId: 1 }),
  },
  {
    title: 'a query beside a body',
    code: 'BAD_REQUEST',
    request: ({ groupId }) => ['POST', `/groups/${groupId}/read?userId=bob`, { upTo: 1 }],
  },
  ...(['?force=1', { force: true }] as const).map(
    (more): BadInput => ({
      title: `recalling with ${typeof more === 'string' ? more : JSON.stringify(more)}`,
      code: 'BAD_REQUEST',
      request: ({ groupId }) =>
        typeof more === 'string'
          ? ['DELETE', `/groups/${groupId}/messages/1${more}`]
          : ['DELETE', `/groups/${groupId}/messages/1`, more],
    }),
  ),
  {
    title: 'reminding with an unknown field',
    code: 'BAD_REQUEST',
    request: ({ groupId }) => ['POST', `/groups/${groupId}/messages/1/remind`, { userId: 'bob' }],
  },
  {
    title: 'no target',
    code: 'BAD_REQUEST',
    frame: () => ({ type: 'mark_read' }),
    request: ({ groupId }) => ['POST', `/groups/${groupId}/read`, {}],
  },
  {
    title: 'two targets',
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({
      ...{ type: 'mark_read', groupId, upTo: 1, messageIds: [`${groupId}.1`] },
    }),
    request: ({ groupId }) => [
      'POST',
      `/groups/${groupId}/read`,
      { upTo: 1, messageIds: [`${groupId}.1`] },
    ],
  },
  {
    title: 'an empty list of ids',
    code: 'BAD_REQUEST',
    frame: () => ({ type: 'mark_read', messageIds: [] }),
    request: ({ groupId }) => ['POST', `/groups/${groupId}/read`, { messageIds: [] }],
  },
];
