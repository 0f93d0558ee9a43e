import { httpRoutes } from '@seenby/protocol/http-requests.ts';
import { describe, expect, it } from 'vitest';
import { service } from '../../support/wire/service.ts';
import { call, User } from '../../support/wire/user.ts';

const user = await User.create('alice');

describe('a route that is not there', () => {
  it.each([
    // GET of it is the page, on the local cloud.
    ['POST', '/'],
    ['GET', '/nothing'],
    ['GET', '/groups'],
    ['PUT', '/groups'],
    ['PUT', '/groups/g'],
    ['POST', '/me/sync'],
    ['GET', '/groups/g/messages/1'],
    ['GET', '/groups/g/messages/1/receipts/more'],
    ['DELETE', '/me/settings'],
  ])("has API Gateway's own answer, with a token and without: %s %s", async (method, path) => {
    for (const token of [user.token, undefined]) {
      const { status, body } = await call(token, method, path);
      expect([status, body]).toEqual([404, { message: 'Not Found' }]);
    }
  });
});

const methods = [...new Set(httpRoutes.map((route) => route.split(' ')[0] as string))];

describe('a browser of another origin', () => {
  it.each(methods)('may ask before it sends, without a token: %s', async (method) => {
    const response = await fetch(`${service.httpUrl}/groups/g`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(response.status).toBe(204);
    const allowed = (name: string) =>
      (response.headers.get(`access-control-allow-${name}`) ?? '').toLowerCase().split(/, */);
    expect(allowed('origin')).toContain('*');
    expect(allowed('methods')).toContain(method.toLowerCase());
    expect(allowed('headers')).toEqual(expect.arrayContaining(['authorization', 'content-type']));
  });

  it('may read what it gets, refusals included', async () => {
    const headers = { origin: 'https://app.example', authorization: `Bearer ${user.token}` };
    for (const path of ['/me/unread', '/groups/nothing']) {
      const response = await fetch(service.httpUrl + path, { headers });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it('never has an answer kept for somebody else', async () => {
    const headers = { authorization: `Bearer ${user.token}` };
    const response = await fetch(`${service.httpUrl}/me/unread`, { headers });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});
