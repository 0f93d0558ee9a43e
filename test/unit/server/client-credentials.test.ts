import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import { closeServer, listen } from '@seenby/local-cloud/gateway/listen.ts';
import { clientCredentials } from '@seenby/server';
import { afterEach, expect, it } from 'vitest';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A token endpoint that answers this, and says what it was asked. */
async function provider(status: number, body: object) {
  const asked: { request: IncomingMessage; text: string }[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push({ request, text });
    response.writeHead(status).end(JSON.stringify(body));
  });
  ends.push(() => closeServer(server));
  const port = await listen(server, 0, 'PORT');
  return { tokenUrl: `http://127.0.0.1:${port}/oauth2/token`, asked };
}

it('a token is asked for by client credentials', async () => {
  const { tokenUrl, asked } = await provider(200, { access_token: 'token' });
  const getToken = clientCredentials({ tokenUrl, clientId: 'a:b', clientSecret: 'c d' });
  expect(await getToken()).toBe('token');
  const [{ request, text } = { request: undefined, text: '' }] = asked;
  expect(text).toBe('grant_type=client_credentials&scope=seenby%2Fservice');
  const basic = Buffer.from('a%3Ab:c%20d').toString('base64');
  expect(request).toMatchObject({ method: 'POST', headers: { authorization: `Basic ${basic}` } });
});

it.each([
  [401, {}, 'answered 401'],
  [200, {}, 'no access_token'],
])('a provider that answers %i %o gives none', async (status, body, message) => {
  const { tokenUrl } = await provider(status, body);
  const getToken = clientCredentials({ tokenUrl, clientId: 'a', clientSecret: 'b' });
  await expect(getToken()).rejects.toThrow(message);
});
