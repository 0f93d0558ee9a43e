import { describe, expect, it } from 'vitest';
import type { SeenEvent } from '../fake-functions.ts';
import { requestAuthorizer } from '../fixture-template.ts';
import { startHttpApi } from './http-api-server.ts';

describe('a REQUEST authorizer', () => {
  const startGuarded = (Guard: (event: SeenEvent) => unknown) =>
    startHttpApi({
      handlers: { Guard },
      authorizers: {
        HttpAuthorizer: requestAuthorizer('Guard', {
          AuthorizerPayloadFormatVersion: '2.0',
          EnableSimpleResponses: true,
          IdentitySource: ['$request.header.Authorization'],
        }),
      },
      routes: { 'GET /groups/{groupId}': { functionId: 'Groups', authorizerId: 'HttpAuthorizer' } },
    });

  it.each([
    ['allows', () => ({ isAuthorized: true, context: { n: 1 } }), 200],
    ['refuses', () => ({ isAuthorized: false }), 403],
    ['throws Unauthorized', () => Promise.reject(new Error('Unauthorized')), 401],
    ['throws', () => Promise.reject(new Error('x')), 500],
  ])('%s', async (_, Guard, status) => {
    const { send, events } = await startGuarded(Guard);
    const response = await send('/groups/a', { headers: { authorization: 'secret' } });
    expect(response.status).toBe(status);
    expect(events[0]?.event).toMatchObject({
      type: 'REQUEST',
      identitySource: ['secret'],
      routeArn: 'arn:aws:execute-api:us-east-1:000000000000:Http/$default/GET/groups/a',
      pathParameters: { groupId: 'a' },
    });
    expect(events[1]?.event.requestContext.authorizer).toEqual(
      status === 200 ? { lambda: { n: 1 } } : undefined,
    );
  });

  it('is not asked without its identity source', async () => {
    const { send, events } = await startGuarded(() => ({ isAuthorized: true }));
    expect((await send('/groups/a')).status).toBe(401);
    expect(events).toEqual([]);
  });
});

describe('[AW1] the permission of the function', () => {
  it.each([
    ['GET /groups/{groupId}', '/*/*/*', 200],
    ['GET /groups/{groupId}', '/*/GET/groups/*', 200],
    ['GET /groups/{groupId}', '/*/POST/groups/*', 500],
    ['GET /groups/{groupId}', '/dev/*/*', 500],
    ['ANY /groups/{groupId}', '/*/*/groups/*', 200],
    ['ANY /groups/{groupId}', '/*/GET/groups/*', 500],
    // The ARN of `$default` has one part less.
    ['$default', '/*/*/*', 500],
    ['$default', '/*/$default', 200],
  ])('for %s, when it covers %s, makes a request a %i', async (routeKey, permitted, status) => {
    const routes = { [routeKey]: { functionId: 'Groups' } };
    const { send, events } = await startHttpApi({ routes, permitted });
    const response = await send('/groups/a');
    expect([response.status, events.length]).toEqual([status, status === 200 ? 1 : 0]);
    if (status === 500) expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });
});
