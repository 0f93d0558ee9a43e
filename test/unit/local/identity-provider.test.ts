import { mkdtempSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpServer } from '@seenby/local-cloud/gateway/http/http-server.ts';
import { createJwtVerifier } from '@seenby/local-cloud/gateway/http/jwt-authorizer.ts';
import { closeServer, listen } from '@seenby/local-cloud/gateway/listen.ts';
import { respondJson } from '@seenby/local-cloud/gateway/respond.ts';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import {
  IdentityProvider,
  localAudience,
  localIssuer,
} from '../../../demo/local/identity/identity-provider.ts';

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

async function start(options: Parameters<typeof IdentityProvider.create>[0] = {}) {
  const identity = await IdentityProvider.create(options);
  const server = createHttpServer(
    async (request, response) => {
      if (!(await identity.handle(request, response))) respondJson(response, 404, {});
    },
    () => {},
  );
  const url = `http://127.0.0.1:${await listen(server, 0, 'PORT')}`;
  stop = () => closeServer(server);
  const post = (body: string) => fetch(`${url}/dev/token`, { method: 'POST', body });
  const keys = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`));
  const verify = (token: string) =>
    jwtVerify(token, keys, { issuer: localIssuer, audience: localAudience, algorithms: ['RS256'] });
  return { identity, url, post, verify };
}

describe('POST /dev/token', () => {
  it('gives a token that the published keys verify', async () => {
    const { post, verify } = await start();
    const picture = 'https://example.com/a.png';
    const asked = { userId: 'alice', name: 'Alice', picture, expiresInSeconds: 60 };
    const response = await post(JSON.stringify(asked));
    expect(response.status).toBe(200);
    const { payload } = await verify(((await response.json()) as { token: string }).token);
    expect(payload).toMatchObject({ sub: 'alice', name: 'Alice', picture });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no user', '{}'],
    ['no user and no service', '{"service":false}'],
    ['a bad id', '{"userId":"a#b"}'],
    ['an empty id', '{"userId":""}'],
    ['a long id', JSON.stringify({ userId: 'a'.repeat(129) })],
    ['a picture that is none', '{"userId":"a","picture":"http://example.com/a.png"}'],
    ['an unknown field', '{"userId":"a","admin":true}'],
    ['half a second', '{"userId":"a","expiresInSeconds":0.5}'],
    ['a century', '{"userId":"a","expiresInSeconds":3153600000}'],
    ['too much', JSON.stringify({ userId: 'a', name: 'x'.repeat(5000) })],
  ])('refuses %s', async (_, body) => {
    const { post } = await start();
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  });
});

it('makes tokens for backends, which need no user', async () => {
  const { post, verify } = await start();
  const response = await post('{"service":true}');
  const { payload } = await verify(((await response.json()) as { token: string }).token);
  expect(payload).toMatchObject({ sub: 'service', scope: 'seenby/service' });
});

it('makes tokens for an hour, and tokens that have run out', async () => {
  const nowMs = Date.UTC(2026, 0, 2);
  const clock = { nowMs: () => nowMs, after: () => () => {} };
  const identity = await IdentityProvider.create({ clock });
  const token = await identity.issueToken({ userId: 'alice' });
  expect(decodeJwt(token)).toEqual({
    sub: 'alice',
    iss: localIssuer,
    aud: localAudience,
    iat: nowMs / 1000,
    exp: nowMs / 1000 + 3600,
  });
  const old = decodeJwt(await identity.issueToken({ userId: 'alice', expiresInSeconds: -5 }));
  expect(old).toMatchObject({ iat: nowMs / 1000 - 6, exp: nowMs / 1000 - 5 });
});

it('publishes the public key only', async () => {
  const { identity, url } = await start();
  const { keys } = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as {
    keys: Record<string, string>[];
  };
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  const header = decodeProtectedHeader(await identity.issueToken({ userId: 'a' }));
  expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: keys[0]?.kid });
});

it('can be discovered, as a JWT authorizer does', async () => {
  const { identity, url } = await start();
  const verify = createJwtVerifier(
    { kind: 'jwt', identitySources: [], issuer: localIssuer, audience: [localAudience] },
    (address) => address.replace(localIssuer, url),
  );
  const token = await identity.issueToken({ userId: 'alice' });
  expect(await verify(`Bearer ${token}`, [])).toMatchObject({
    allowed: true,
    claims: { sub: 'alice' },
  });
  expect(await verify(token, ['admin'])).toMatchObject({ statusCode: 403 });
  const foreign = await IdentityProvider.create({});
  const refused = { allowed: false, statusCode: 401 };
  expect(await verify(await foreign.issueToken({ userId: 'alice' }), [])).toMatchObject(refused);
  const expired = await identity.issueToken({ userId: 'alice', expiresInSeconds: -60 });
  expect(await verify(expired, [])).toMatchObject(refused);
  expect(await verify('nonsense', [])).toMatchObject(refused);
});

describe('the key', () => {
  it('is kept in the data directory, for its owner only', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'identity-'));
    const before = await IdentityProvider.create({ dataDir });
    const token = await before.issueToken({ userId: 'alice' });
    const { verify } = await start({ dataDir });
    expect((await verify(token)).payload.sub).toBe('alice');
    const { mode } = await stat(join(dataDir, 'identity-key.json'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('that cannot be read is said in one sentence', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'identity-'));
    writeFileSync(join(dataDir, 'identity-key.json'), '{');
    await expect(IdentityProvider.create({ dataDir })).rejects.toThrow(
      `The key file ${join(dataDir, 'identity-key.json')} cannot be read; delete it to get a new key.`,
    );
  });
});
