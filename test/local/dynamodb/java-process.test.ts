import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isPortFree } from '../../../local/dynamodb/free-port.ts';
import { startJava } from '../../../local/dynamodb/java-process.ts';

const source = new URL('../../../local/dynamodb/dynamodb-local.ts', import.meta.url);
const program = `
  const { startDynamoDbLocal } = await import(${JSON.stringify(source.href)});
  console.log((await startDynamoDbLocal()).endpoint);
`;

describe('startJava', () => {
  it('gives what Java printed when it ends by itself', async () => {
    const java = startJava(['-version'], '.');
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
    await expect.poll(() => isPortFree(port), { timeout: 5000 }).toBe(true);
  }, 30_000);
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
