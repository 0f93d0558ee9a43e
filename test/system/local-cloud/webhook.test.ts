import { Template } from '@seenby/local-cloud/template/template.ts';
import { type SeenbyEvent, verifyEvent } from '@seenby/server';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { EventReceiver } from '../../support/service/event-receiver.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { SkippingClock } from '../../support/time/skipping-clock.ts';
import { upgrade } from '../../support/wire/upgrade.ts';

const assemblyDir = inject('fullAssemblyDir');
const clock = new SkippingClock();
const second = 1000;
let receiver: EventReceiver;
let cloud: SeenbyCloud;
let token: string;
let bobsToken: string;
let secret: string;
let messages = 0;
/** Invocations of the webhook's function that have ended. */
let attempts = 0;

beforeAll(async () => {
  receiver = await EventReceiver.start();
  cloud = await startOwnCloud({
    ...{ assemblyDir, receiver, clock, streams: { pollIntervalMs: 20 } },
    logInvocation: ({ functionName }) => {
      if (/^Webhook/.test(functionName)) attempts += 1;
    },
  });
  token = await cloud.issueToken({ userId: 'ann' });
  bobsToken = await cloud.issueToken({ userId: 'bob' });
  secret = cloud.secrets.valueOf(logicalIdOf('AWS::SecretsManager::Secret', 'WebhookSecret')) ?? '';
  await call('POST', '/groups', { groupId: 'hooked', name: 'Hooked', memberIds: ['bob'] });
  await cloud.drained();
});
afterAll(async () => {
  await cloud?.stop();
  await receiver?.close();
});
beforeEach(() => {
  receiver.requests.length = 0;
  attempts = 0;
  receiver.answer = () => ({ status: 204 });
});

function logicalIdOf(type: string, name: string): string {
  const ids = Template.read(assemblyDir)
    .resources(type)
    .map(({ logicalId }) => logicalId)
    .filter((id) => id.replace(/[0-9A-F]{8}$/, '') === name);
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
}

async function call(method: string, path: string, body: object): Promise<void> {
  const { status } = await fetch(cloud.httpUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  expect(status).toBeLessThan(300);
}

const say = () => {
  const message = { clientMessageId: `m-${++messages}`, content: 'hi' };
  return call('POST', '/groups/hooked/messages', message);
};

/** What came to the address, each verified as a backend would. */
const received = (): SeenbyEvent[] =>
  receiver.requests.map(({ url, headers, body }) => {
    expect(url).toBe('/seenby');
    const verified = verifyEvent(body, headers, secret);
    if (verified.outcome === 'refused') throw new Error(verified.message);
    return verified.event;
  });

/** Until then the event is not held back, and no time may be skipped. */
const attemptsToBe = (count: number) => expect.poll(() => attempts, { interval: 10 }).toBe(count);

const deadLetters = () => cloud.deadLetters()[logicalIdOf('AWS::SQS::Queue', 'WebhookDeadLetters')];

describe('[EV2] the webhook', () => {
  it('brings every event, signed', async () => {
    await say();
    await call('POST', '/groups/hooked/messages/1/remind', {});
    await call('PATCH', '/groups/hooked/members/bob', { role: 'admin' });
    await cloud.drained();
    const events = received();
    expect(events.map(({ type }) => type).sort()).toEqual([
      'member.changed',
      'message.reminded',
      'message.sent',
    ]);
    const sent = events.find(({ type }) => type === 'message.sent');
    expect(sent?.detail).toMatchObject({ message: { content: 'hi' }, notConnected: ['bob'] });
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    expect(Math.abs(Date.now() - (sent?.at ?? 0))).toBeLessThan(60 * second);
  });

  it('[EV1] names nobody who is connected', async () => {
    const url = `${cloud.wsUrl}?token=${bobsToken}`;
    const opened = await upgrade({ url });
    if (opened.outcome !== 'opened') throw new Error(`refused with ${opened.status}`);
    await opened.client.ask('connection_established', { type: 'hello' });
    await say();
    await cloud.drained();
    expect(received()).toMatchObject([{ type: 'message.sent', detail: { notConnected: [] } }]);
    opened.client.close();
  });

  it('brings an event again that was answered with 500, with the same id and a new signature', async () => {
    receiver.answer = () => ({ status: receiver.requests.length < 3 ? 500 : 200 });
    await say();
    await attemptsToBe(1);
    clock.skip(5 * second);
    await attemptsToBe(2);
    clock.skip(15 * second);
    await attemptsToBe(3);
    await cloud.drained();
    expect(new Set(received().map(({ id }) => id)).size).toBe(1);
    expect(receiver.requests).toHaveLength(3);
  });

  it('waits for as long as Retry-After says', async () => {
    receiver.answer = () =>
      receiver.requests.length < 2
        ? { status: 429, headers: { 'retry-after': '120' } }
        : { status: 200 };
    await say();
    await attemptsToBe(1);
    clock.skip(115 * second);
    // An event that comes later is taken at once: the first one is not asked for until then.
    receiver.answer = () => ({ status: 200 });
    await say();
    await attemptsToBe(2);
    expect(new Set(received().map(({ id }) => id)).size).toBe(2);
    clock.skip(10 * second);
    await attemptsToBe(3);
    expect(new Set(received().map(({ id }) => id)).size).toBe(2);
    await cloud.drained();
  });

  it('[FA2] gives an event up after a hundred attempts at a server that is down, and keeps it', async () => {
    await receiver.close();
    await say();
    for (let attempt = 1; attempt <= 100; attempt++) {
      expect(deadLetters()).toEqual([]);
      await attemptsToBe(attempt);
      clock.skip(900 * second);
    }
    await cloud.drained();
    expect(deadLetters()).toMatchObject([
      { 'detail-type': 'message.sent', detail: { message: { content: 'hi' } } },
    ]);
    await receiver.listen();
    expect(attempts).toBe(100);
  });
});
