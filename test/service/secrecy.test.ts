import { socketRoutes } from '@seenby/protocol/client-frames.ts';
import { type HttpRoute, httpRoutes, isForServices } from '@seenby/protocol/http-requests.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerRequest } from '../../functions/api/http/http-routes.ts';
import { frameRoutes } from '../../functions/api/socket/frame-routes.ts';
import { Cursors } from '../../functions/store/cursors.ts';
import { Conversation } from '../support/service/conversation.ts';
import type { OpenedService } from '../support/service/open-service.ts';

const stranger = 'eve';
let opened: OpenedService;
let cursors: Cursors;

/** A group with all that a group can have, and nothing under the name `absent`. */
beforeAll(async () => {
  const talk = await Conversation.open(['ann', 'bob']);
  opened = talk.opened;
  cursors = new Cursors(opened.table);
  await talk.say('ann');
  await talk.read('bob', 1);
  await ask('GET /me/sync', 'team');
});

const bodies: Partial<Record<HttpRoute, (groupId: string) => object>> = {
  'PATCH /groups/{groupId}': () => ({ name: 'Mine' }),
  'POST /groups/{groupId}/members': () => ({ memberIds: [stranger] }),
  'PATCH /groups/{groupId}/members/{userId}': () => ({ role: 'owner' }),
  'POST /groups/{groupId}/messages': () => ({ clientMessageId: 'm', content: 'x' }),
  'POST /groups/{groupId}/read': () => ({ upTo: 1 }),
  'POST /groups/{groupId}/delivered': () => ({ upTo: 1 }),
  'POST /groups/{groupId}/unread': () => ({ fromSeq: 1 }),
  'POST /me/read': (groupId) => ({ positions: [{ groupId, upTo: 1 }] }),
};

function ask(route: HttpRoute, groupId: string) {
  const body = bodies[route]?.(groupId);
  const context = { service: opened.service, cursors, caller: { userId: stranger } };
  return answerRequest(route, context, {
    path: { groupId, userId: 'bob', seq: '1' },
    query: route === 'GET /groups/{groupId}/receipts' ? { from: '1', to: '1' } : {},
    body: body && JSON.stringify(body),
  });
}

/** Every field that some frame has; each route takes its own. */
const frameOf = (groupId: string) => ({
  ...{ groupId, upTo: 1, fromSeq: 1, clientMessageId: 'm', content: 'x', messageType: 'text' },
});

type AnyRoute = (context: object, frame: object) => Promise<unknown>;

function send(type: (typeof socketRoutes)[number], groupId: string) {
  const caller = { userId: stranger, connectionId: 'eve-phone' };
  const context = { service: opened.service, caller, tokenExpiresAt: Infinity, endsAt: Infinity };
  const frame = type === 'mark_played' ? { messageId: `${groupId}.1` } : frameOf(groupId);
  return (frameRoutes[type] as AnyRoute)(context, { type, ...frame });
}

/** What a request asks of the database, one by one: time and money both follow from it. */
async function costOf(act: () => Promise<unknown>): Promise<string[]> {
  opened.units.reset();
  await act();
  return [...opened.units.requests];
}

const aboutGroups = httpRoutes.filter(
  (route) => route.includes('{groupId}') && isForServices(route) !== 'alone',
);

describe('[SE2] a group of others costs what one that is not there costs', () => {
  it.each([...aboutGroups, 'POST /me/read' as const])('%s', async (route) => {
    const theirs = await costOf(() => ask(route, 'team'));
    expect(theirs).toEqual(await costOf(() => ask(route, 'absent')));
    expect(theirs.length).toBeGreaterThan(0);
  });

  it.each(socketRoutes)('%s', async (type) => {
    const theirs = await costOf(() => send(type, 'team'));
    expect(theirs).toEqual(await costOf(() => send(type, 'absent')));
  });
});
