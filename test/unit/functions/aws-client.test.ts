import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  clientOptions,
  maxCallMs,
  uploadCall,
  usualCall,
} from '../../../functions/runtime/aws-client.ts';
import { synthesize } from '../stack/support/synthesize.ts';

/** Longer than a busy machine takes to connect and to answer. */
const limits = { attempts: 3, attemptMs: 250 };
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (let close = closing.pop(); close; close = closing.pop()) await close();
  vi.restoreAllMocks();
});

/** A server that does with each connection, and what comes over it, as it is told. */
async function serve(connected: (socket: Socket, count: number) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    connected(socket, sockets.length);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((closed) => server.close(closed));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function get(endpoint: string) {
  const client = new DynamoDBClient({ endpoint, ...localAccess, ...clientOptions(limits) });
  closing.push(() => client.destroy());
  return client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } }));
}

const answer = (socket: Socket, body: string) =>
  socket.write(
    `HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n${body}`,
  );

describe('[FA5] a call to AWS', () => {
  it('that is never answered is given up, tried again, and fails in the end', async () => {
    let asked = 0;
    const endpoint = await serve((socket) => socket.once('data', () => asked++));
    await expect(get(endpoint)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(asked).toBe(limits.attempts);
  });

  it('that gets headers and no body is given up and tried again', async () => {
    let asked = 0;
    const endpoint = await serve((socket) =>
      socket.once('data', () => {
        asked++;
        answer(socket, '');
      }),
    );
    await expect(get(endpoint)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(asked).toBe(limits.attempts);
  });

  it('to a server that never accepts is given up', async () => {
    const endpoint = await serveNobody();
    await expect(get(endpoint)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('whose connection has gone silent is answered over the next one', async () => {
    let asked = 0;
    const endpoint = await serve((socket, count) =>
      socket.once('data', () => {
        asked++;
        if (count > 1) answer(socket, '{}');
      }),
    );
    expect(await get(endpoint)).toMatchObject({ $metadata: { attempts: 2 } });
    expect(asked).toBe(2);
  });
});

describe('[FA5] the limits', () => {
  const functions = Object.entries(synthesize({}).findResources('AWS::Lambda::Function')).map(
    ([id, { Properties }]) => ({ id, timeoutMs: Properties.Timeout * 1000 }),
  );
  const timeoutOf = (name: string) => functions.find(({ id }) => id.startsWith(name))?.timeoutMs;

  it.each(['Socket', 'Http', 'Push', 'Recorder', 'FanOut', 'Maintenance'])(
    'leave %s the time for a silent call, and then as much again',
    (name) => {
      const limit = name === 'Maintenance' ? uploadCall : usualCall;
      expect(limit.attempts).toBeGreaterThan(1);
      expect(2 * maxCallMs(limit)).toBeLessThan(timeoutOf(name) ?? 0);
    },
  );

  it('are those of every client that a function makes', () => {
    const files = readdirSync('functions', { recursive: true, encoding: 'utf8' });
    const made = files
      .filter((file) => file.endsWith('.ts'))
      .flatMap(
        (file) => readFileSync(`functions/${file}`, 'utf8').match(/new \w+Client\(.*/g) ?? [],
      )
      .filter((line) => !line.includes('clientOptions('));
    expect(made).toEqual([]);
  });
});

/** The queue of connections to be accepted is full, and its owner does not look at it. */
async function serveNobody(): Promise<string> {
  const code = `
    const { parentPort } = require('node:worker_threads');
    const { createServer } = require('node:net');
    const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
    });`;
  const worker = new Worker(code, { eval: true });
  closing.push(() => worker.terminate());
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  for (let waiting = 0; waiting < 8; waiting++) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    closing.push(() => socket.destroy());
  }
  return `http://127.0.0.1:${port}`;
}
