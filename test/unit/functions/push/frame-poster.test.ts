import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectionSigner } from '../../../../functions/push/transport/connection-signer.ts';
import { framePoster } from '../../../../functions/push/transport/frame-poster.ts';

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
    [429, 'refused'],
    [503, 'refused'],
  ])('takes %i for %s', async (status, delivery) => {
    answer = (_request, response) => response.writeHead(status).end();
    expect(await framePoster(callbackUrl).post('abc=', '{}')).toBe(delivery);
  });

  it('[PU7] gives up a post that hangs', async () => {
    answer = () => {};
    expect(
      await framePoster(callbackUrl, { answerMs: 30, connectMs: 1000 }).post('abc=', '{}'),
    ).toBe('failed');
  });

  it('[FA5] gives up a handshake that never ends, by a limit of its own', async () => {
    const sockets: Socket[] = [];
    const mute = createTcpServer((socket) => sockets.push(socket.on('error', () => {})));
    await new Promise<void>((listening) => mute.listen(0, '127.0.0.1', listening));
    const { port } = mute.address() as AddressInfo;
    const times = { answerMs: 3_600_000, connectMs: 50 };
    const poster = framePoster(`https://127.0.0.1:${port}/v1`, times);
    expect(await poster.post('abc=', '{}')).toBe('failed');
    expect(sockets).toHaveLength(1);
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => mute.close(closed));
  });

  it('replaces a kept socket that has gone stale, once', async () => {
    answer = (_request, response) => response.end();
    const poster = framePoster(callbackUrl);
    expect(await poster.post('abc=', '1')).toBe('sent');
    const [{ request: first }] = seen as [(typeof seen)[0]];
    // As when the server closed the socket while the Lambda was frozen.
    answer = (request, response) =>
      request.socket === first.socket ? request.socket.resetAndDestroy() : response.end();
    expect(await poster.post('abc=', '2')).toBe('sent');
    expect(seen.map(({ body }) => body)).toEqual(['1', '2', '2']);
  });

  it('tries no new socket twice', async () => {
    answer = (request) => request.socket.resetAndDestroy();
    expect(await framePoster(callbackUrl).post('abc=', '3')).toBe('failed');
    expect(seen).toHaveLength(1);
  });

  it('says so when API Gateway refuses for a reason of ours', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    answer = (_request, response) => response.writeHead(403).end();
    expect(await framePoster(callbackUrl).post('abc=', '{}')).toBe('failed');
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
  });

  it('takes a server that is not there for failed', async () => {
    expect(await framePoster('http://127.0.0.1:1/v1').post('abc=', '{}')).toBe('failed');
  });
});
