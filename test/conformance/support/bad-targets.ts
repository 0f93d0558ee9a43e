import { uniqueId } from '../../support/wire/service.ts';
import type { BadInput } from './bad-input.ts';

const newMessage = () => ({ clientMessageId: uniqueId('m'), content: 'x' });

/** What is not there, or not for the caller, or not for this. */
export const badTargets: BadInput[] = [
  {
    title: 'a group of others',
    code: 'NOT_FOUND',
    frame: ({ foreignId }) => ({ type: 'mark_read', groupId: foreignId, upTo: 1 }),
    request: ({ foreignId }) => ['POST', `/groups/${foreignId}/read`, { upTo: 1 }],
  },
  {
    title: 'a message to a group of others',
    code: 'NOT_FOUND',
    frame: ({ foreignId: groupId }) => ({ type: 'send_message', groupId, ...newMessage() }),
    request: ({ foreignId }) => ['POST', `/groups/${foreignId}/messages`, newMessage()],
  },
  {
    title: 'a message of another group under this one',
    code: 'BAD_REQUEST',
    request: ({ groupId, foreignId }) => [
      'POST',
      `/groups/${groupId}/read`,
      { messageIds: [`${groupId}.2`, `${foreignId}.1`] },
    ],
  },
  {
    title: 'the group __proto__',
    code: 'NOT_FOUND',
    frame: () => ({ type: 'mark_read', groupId: '__proto__', upTo: 1 }),
    request: () => ['POST', '/groups/__proto__/read', { upTo: 1 }],
  },
  {
    title: 'a groupId that is taken',
    code: 'CONFLICT',
    request: ({ groupId }) => ['POST', '/groups', { groupId, name: 'Mine', memberIds: [] }],
  },
  {
    title: 'the id of a group of others, for a new one',
    code: 'CONFLICT',
    request: ({ foreignId }) => [
      'POST',
      '/groups',
      { groupId: foreignId, name: 'x', memberIds: [] },
    ],
  },
  {
    title: 'the list of a message that is not there',
    code: 'NOT_FOUND',
    request: ({ groupId }) => ['GET', `/groups/${groupId}/messages/4/receipts`],
  },
  {
    title: 'playing a text',
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({ type: 'mark_played', messageId: `${groupId}.1` }),
  },
  {
    title: 'playing beyond the last',
    code: 'BAD_REQUEST',
    frame: ({ groupId }) => ({ type: 'mark_played', messageId: `${groupId}.4` }),
  },
];
