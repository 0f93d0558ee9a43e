import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { startBound } from '../../src/dynamodb/bound-process.ts';
import { startDynamoDbLocal } from '../../src/dynamodb/dynamodb-local.ts';
import { isPortFree } from '../../src/dynamodb/free-port.ts';
import { localAccess } from '../../src/dynamodb/local-access.ts';

const source = new URL('../../src/dynamodb/dynamodb-local.ts', import.meta.url);
const program = `
  const { startDynamoDbLocal } = await import(${JSON.stringify(source.href)});
  console.log((await startDynamoDbLocal()).endpoint);
`;

describe('a bound process', () => {
  it('gives what it printed when it ends by itself', async () => {
    const java = startBound({ program: 'java', args: ['-version'] });
    expect(await java.ended).toMatch(/version "/);
    expect(java.hasEnded()).toBe(true);
  });

  it('ends with its parent, even by kill -9', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
    const port = Number(new URL(printed.toString().trim()).port);
    parent.kill('SIGKILL');
    // The pipe closes when the last process that inherited it is gone.
    await once(parent, 'close');
    await expect.poll(() => isPortFree(port)).toBe(true);
  });
});

describe('a bound process that is killed', () => {
  it('[FA1] has on disk what it had answered', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'killed-'));
    const Table = {
      ...{ TableName: 'kept', BillingMode: 'PAY_PER_REQUEST' as const },
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
    };
    const Key = { pk: { S: 'a' } };
    const first = await startDynamoDbLocal({ dataDir });
    const client = new DynamoDBClient({ endpoint: first.endpoint, ...localAccess });
    await client.send(new CreateTableCommand(Table));
    await client.send(new PutItemCommand({ TableName: 'kept', Item: Key }));
    await first.kill();
    await first.kill();
    const port = Number(new URL(first.endpoint).port);
    const second = await startDynamoDbLocal({ dataDir, port });
    const { Item } = await client.send(new GetItemCommand({ TableName: 'kept', Key }));
    expect(Item).toEqual(Key);
    await second.stop();
    client.destroy();
    rmSync(dataDir, { recursive: true });
  });
});

describe('a bound container', () => {
  it('is removed by its name, once', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'docker-'));
    const calls = join(dir, 'calls');
    // Docker's client: it waits for the container, takes its time to remove one, and writes down what it did.
    const client = `#!/bin/sh
      [ "$1" = rm ] && sleep 0.3
      echo "$@" >> ${calls}
      [ "$1" = run ] && exec sleep 1000`;
    writeFileSync(join(dir, 'docker'), client, { mode: 0o755 });
    vi.stubEnv('PATH', `${dir}:${process.env.PATH}`);
    const database = startBound({ program: 'docker', args: ['run', 'it'], container: 'mine' });
    await expect.poll(() => existsSync(calls)).toBe(true);
    await database.stop();
    vi.unstubAllEnvs();
    expect(readFileSync(calls, 'utf8')).toBe('run it\nrm --force mine\n');
    rmSync(dir, { recursive: true });
  });
});

describe('isPortFree', () => {
  it('sees a listener on the loopback address alone', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no address');
    expect(await isPortFree(address.port)).toBe(false);
    server.close();
  });
});
