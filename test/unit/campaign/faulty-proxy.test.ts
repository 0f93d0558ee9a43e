import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultyProxy } from '../../campaign/faults/faulty-proxy.ts';

let target: Server;
let proxy: FaultyProxy;
let requests: string[];
/** Whether a reply is lost is up to chance: below its share one is, above none. */
let chance: number;
const clients: Socket[] = [];

beforeEach(async () => {
  requests = [];
  chance = 0.9;
  target = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (text) => {
      requests.push(String(text));
      socket.write(`re ${text}`);
    });
  });
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  proxy = await FaultyProxy.start((target.address() as AddressInfo).port, () => chance);
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  target.close();
});

async function open(): Promise<Socket> {
  const client = connect(proxy.port, '127.0.0.1');
  clients.push(client);
  client.on('error', () => {});
  await once(client, 'connect');
  return client;
}

async function ask(client: Socket, text: string): Promise<string> {
  const reply = once(client, 'data');
  client.write(text);
  return String((await reply)[0]);
}

const closed = (client: Socket): Promise<void> =>
  new Promise((resolve) => client.once('close', () => resolve()));

describe('the faulty proxy', () => {
  it('hands on requests and replies', async () => {
    const client = await open();
    expect(await ask(client, 'one')).toBe('re one');
    expect(await ask(client, 'two')).toBe('re two');
  });

  it('resets what is connected, and lets others in once it has healed', async () => {
    const client = await open();
    await ask(client, 'one');
    proxy.begin('reset');
    await closed(client);
    proxy.heal();
    expect(await ask(await open(), 'two')).toBe('re two');
    expect(proxy.done.resets).toBe(1);
  });

  it('loses a reply after the request was done', async () => {
    const client = await open();
    chance = 0;
    proxy.begin('lost replies');
    let heard = '';
    client.on('data', (text) => {
      heard += String(text);
    });
    client.write('one');
    await closed(client);
    expect(requests).toEqual(['one']);
    expect(heard).toBe('');
    expect(proxy.done.lostReplies).toBe(1);
  });

  it('leaves a connection half open: nothing passes, and nobody is told, for good', async () => {
    const [silent, other] = [await open(), await open()];
    await ask(silent, 'one');
    await ask(other, 'two');
    proxy.begin('half-open');
    proxy.heal();
    silent.write('three');
    const later = await open();
    expect(await ask(later, 'four')).toBe('re four');
    expect(requests).toEqual(['one', 'two', 'four']);
    expect([silent.destroyed, other.destroyed]).toEqual([false, false]);
  });

  it.each([
    ['latency', 'delayedChunks'],
    ['slow bytes', 'slowedChunks'],
  ] as const)('delays by %s and loses no order', async (fault, counted) => {
    const client = await open();
    await ask(client, 'one');
    proxy.begin(fault);
    let heard = '';
    client.on('data', (text) => {
      heard += String(text);
    });
    client.write('two');
    while (requests.length < 2) await new Promise(setImmediate);
    proxy.heal();
    client.write('three');
    while (!heard.includes('three')) await once(client, 'data');
    expect(heard).toBe('re twore three');
    expect(proxy.done[counted]).toBeGreaterThan(0);
  });
});
