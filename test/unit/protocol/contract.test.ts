import { describe, expect, it } from 'vitest';
import { breachesOfAnswer, breachesOfFrame } from '../../support/wire/contract.ts';

const message = {
  messageId: 'team.1',
  groupId: 'team',
  seq: 1,
  senderId: 'ann',
  messageType: 'text',
  content: 'Hello',
  createdAt: 1,
  clientMessageId: 'm-1',
};
const frame = { type: 'new_message', groupId: 'team', message, timestamp: 2 };
const counts = [
  { fromSeq: 1, toSeq: 2, readCount: 1, deliveredCount: 1, unreadCount: 0, totalCount: 1 },
];

describe('a received frame', () => {
  it('keeps the contract', () => {
    expect(breachesOfFrame(frame)).toEqual([]);
    expect(breachesOfFrame({ type: 'pong', requestId: 'r', timestamp: 1 })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a field that nobody knows', { ...frame, more: 1 }, 'Unrecognized key'],
    ['a requestId on a push', { ...frame, requestId: 'r' }, 'Unrecognized key'],
    ['a wrong value deep inside', { ...frame, message: { ...message, seq: 0 } }, 'message.seq'],
    ['no timestamp', { ...frame, timestamp: undefined }, 'timestamp'],
    ['an unknown type', { type: 'toString', timestamp: 1 }, 'is no server frame'],
    [
      'counts without a version',
      { type: 'read_status_update', groupId: 'team', counts, timestamp: 1 },
      'counts come with their version',
    ],
  ])('breaks it with %s', (_, broken, where) => {
    expect(breachesOfFrame(broken)).toEqual([expect.stringContaining(where)]);
  });
});

describe('a received answer', () => {
  const unread = { method: 'GET', path: '/me/unread', status: 200 };
  const refused = { error: { code: 'NOT_FOUND', message: 'No such group or message.' } };

  it('keeps the contract', () => {
    expect(breachesOfAnswer({ ...unread, body: { totalUnreadCount: 0, groups: [] } })).toEqual([]);
    expect(breachesOfAnswer({ ...unread, status: 404, body: refused })).toEqual([]);
    const gateway = { method: 'GET', path: '/nothing', status: 404 };
    expect(breachesOfAnswer({ ...gateway, body: { message: 'Not Found' } })).toEqual([]);
  });

  it.each<[string, number, object, string]>([
    ['a field too many', 200, { totalUnreadCount: 0, groups: [], more: 1 }, 'Unrecognized key'],
    ['a field too few', 200, { groups: [] }, 'totalUnreadCount'],
    ['a status of success that it does not have', 201, { groups: [] }, 'error'],
    ['a code with the status of another', 400, refused, 'NOT_FOUND goes with 404'],
  ])('breaks it with %s', (_, status, body, where) => {
    const breaches = breachesOfAnswer({ ...unread, status, body });
    expect(breaches.join()).toContain(`GET /me/unread ${status}`);
    expect(breaches.join()).toContain(where);
  });
});
