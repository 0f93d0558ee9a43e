import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectionSigner } from '../../../functions/push/connection-signer.ts';
import { framePoster } from '../../../functions/push/frame-poster.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'a secret',
  sessionToken: 'a token',
};

describe('posting frames', () => {
  const seen: { request: IncomingMessage; body: string }[] = [];
  let answer: Answer = (_request, response) => response.end();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ request, body });
    answer(request, response);
  });
  let callbackUrl: string;

  beforeEach(async () => {
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
    vi.stubEnv('AWS_SESSION_TOKEN', credentials.sessionToken);
    seen.length = 0;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('is signed exactly as the AWS SDK signs the same request', async () => {
    const sdk = new ApiGatewayManagementApiClient({
      endpoint: callbackUrl,
      region: 'eu-central-1',
      credentials,
    });
    const Data = '{"type":"pong"}';
    await sdk.send(new PostToConnectionCommand({ ConnectionId: 'Fm/L+jqVU=', Data }));
    const [{ request }] = seen as [(typeof seen)[0]];
    const signed = /SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const added = new Set(['x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token']);
    const names = signed.split(';').filter((name) => !added.has(name));
    const date = String(request.headers['x-amz-date']);
    const sign = connectionSigner(
      () => new Date(date.replace(/^(.{4})(..)(..T..)(..)/, '$1-$2-$3:$4:')),
    );
    const ours = await sign({
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: request.url ?? '',
      headers: Object.fromEntries(names.map((name) => [name, String(request.headers[name])])),
      body: Data,
    });
    expect(ours.headers.authorization).toBe(request.headers.authorization);
  });

  it('carries the frame to the connection, and closes with DELETE', async () => {
    const poster = framePoster(callbackUrl);
    expect(await poster.post('Fm/L+jqVU=', '{"type":"pong"}')).toBe('sent');
    expect(await poster.close('Fm/L+jqVU=')).toBe('sent');
    expect(seen.map(({ request, body }) => [request.method, request.url, body])).toEqual([
      ['POST', '/v1/@connections/Fm%2FL%2BjqVU%3D', '{"type":"pong"}'],
      ['DELETE', '/v1/@connections/Fm%2FL%2BjqVU%3D', ''],
    ]);
  });

  it.each([
    [410, 'gone'],
    [429, 'failed'],
    [503, 'failed'],
  ])('takes %i for %s', async (status, delivery) => {
    answer = (_request, response) => response.writeHead(status).end();
    expect(await framePoster(callbackUrl).post('abc=', '{}')).toBe(delivery);
  });

  it('[PU7] gives up a post that hangs', async () => {
    answer = () => {};
    expect(await framePoster(callbackUrl, 30).post('abc=', '{}')).toBe('failed');
  });

  it('takes a server that is not there for failed', async () => {
    expect(await framePoster('http://127.0.0.1:1/v1').post('abc=', '{}')).toBe('failed');
  });
});
