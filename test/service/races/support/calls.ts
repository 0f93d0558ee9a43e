import type { ClientFrame, SocketRoute } from '@seenby/protocol/client-frames.ts';
import type { HttpRoute } from '@seenby/protocol/http-requests.ts';

/** Who takes part, and as what; `fay` joins nothing but by being added. */
export const people = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay'] as const;
export type Person = (typeof people)[number];

/** Chooses by a seed. */
export interface Chooser {
  one: <T>(...of: readonly T[]) => T;
  groupId: string;
  /** A group that nobody has made yet. */
  newGroupId: string;
}

export interface HttpCall {
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
}

const seq = ({ one }: Chooser) => one(1, 2, 3);
const inGroup = ({ groupId }: Chooser) => ({ path: { groupId } });
const messageId = (chooser: Chooser) => `${chooser.groupId}.${seq(chooser)}`;
const member = ({ groupId, one }: Chooser) => ({
  path: { groupId, userId: one(...people, 'bob', 'bob', 'cat', 'cat', 'dan') },
});
const message = (chooser: Chooser) => ({
  path: { groupId: chooser.groupId, seq: `${seq(chooser)}` },
});
const newMessage = ({ one }: Chooser) => ({
  clientMessageId: one('x', 'y'),
  content: one('Hi', 'Hi', 'Ho'),
  messageType: one('text', 'voice'),
  ...one({}, { mentions: [one('bob', 'cat')] }),
});
const marks = (chooser: Chooser) =>
  chooser.one({ upTo: seq(chooser) }, { messageIds: [messageId(chooser), messageId(chooser)] });

/** What each HTTP route is called with: a new route has to be added here. */
export const httpCalls: { [R in HttpRoute]: (chooser: Chooser) => HttpCall } = {
  'POST /groups': ({ newGroupId, one }) => ({
    body: { groupId: newGroupId, name: one('One', 'Two'), memberIds: one(['bob'], ['cat', 'dan']) },
  }),
  'GET /groups/{groupId}': inGroup,
  'PATCH /groups/{groupId}': (chooser) => ({
    ...inGroup(chooser),
    body: chooser.one({ name: 'New' }, { visibility: 'admins' }, { name: 'Other' }),
  }),
  'DELETE /groups/{groupId}': inGroup,
  'GET /groups/{groupId}/members': inGroup,
  'POST /groups/{groupId}/members': (chooser) => ({
    ...inGroup(chooser),
    body: {
      memberIds: chooser.one(['fay'], ['eve'], ['eve', 'fay']),
      role: chooser.one('member', 'admin'),
    },
  }),
  'PATCH /groups/{groupId}/members/{userId}': (chooser) => ({
    ...member(chooser),
    body: { role: chooser.one('owner', 'owner', 'owner', 'admin', 'member') },
  }),
  'DELETE /groups/{groupId}/members/{userId}': member,
  'GET /groups/{groupId}/messages': inGroup,
  'POST /groups/{groupId}/messages': (chooser) => ({
    ...inGroup(chooser),
    body: newMessage(chooser),
  }),
  'DELETE /groups/{groupId}/messages/{seq}': message,
  'GET /groups/{groupId}/messages/{seq}/receipts': message,
  'POST /groups/{groupId}/messages/{seq}/remind': message,
  'POST /groups/{groupId}/read': (chooser) => ({ ...inGroup(chooser), body: marks(chooser) }),
  'POST /groups/{groupId}/delivered': (chooser) => ({ ...inGroup(chooser), body: marks(chooser) }),
  'POST /groups/{groupId}/unread': (chooser) => ({
    ...inGroup(chooser),
    body: { fromSeq: seq(chooser) },
  }),
  'GET /groups/{groupId}/receipts': (chooser) => ({
    ...inGroup(chooser),
    query: { from: '1', to: '3' },
  }),
  'GET /groups/{groupId}/positions': inGroup,
  'GET /groups/{groupId}/stats': inGroup,
  'GET /groups/{groupId}/stats/members': inGroup,
  'GET /me/unread': () => ({}),
  'POST /me/read': (chooser) => ({
    body: { positions: [{ groupId: chooser.groupId, upTo: seq(chooser) }] },
  }),
  'GET /me/sync': () => ({}),
  'GET /me/stats': () => ({}),
  'GET /me/settings': () => ({}),
  'PUT /me/settings': ({ one }) => ({ body: { readReceipts: one(true, false) } }),
  'POST /groups/{groupId}/notifications': (chooser) => ({
    ...inGroup(chooser),
    body: { text: 'Hi', ...chooser.one({}, { userIds: ['bob', 'fay'] }) },
  }),
  'DELETE /users/{userId}': member,
  'PUT /users/{userId}': (chooser) => ({
    ...member(chooser),
    body: chooser.one({}, { name: 'New' }),
  }),
  'PUT /me/profile': ({ one }) => ({ body: one({}, { name: 'Somebody' }) }),
};

type Fields<T extends SocketRoute> = Omit<ClientFrame<T>, 'type' | 'requestId'>;

/** What each frame holds: a new one has to be added here. */
export const frames: { [T in SocketRoute]: (chooser: Chooser) => Fields<T> } = {
  hello: () => ({}),
  get_status: ({ groupId }) => ({ groupIds: [groupId] }),
  subscribe_group: ({ groupId }) => ({ groupId }),
  unsubscribe_group: ({ groupId }) => ({ groupId }),
  send_message: (chooser) =>
    ({ groupId: chooser.groupId, ...newMessage(chooser) }) as Fields<'send_message'>,
  mark_read: (chooser) => ({ messageIds: [messageId(chooser)] }),
  mark_delivered: (chooser) => ({ messageIds: [messageId(chooser)] }),
  mark_played: (chooser) => ({ messageId: messageId(chooser) }),
  mark_unread: (chooser) => ({ groupId: chooser.groupId, fromSeq: seq(chooser) }),
  typing: ({ groupId }) => ({ groupId }),
  ping: () => ({}),
};
