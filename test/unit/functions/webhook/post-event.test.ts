import { verifyEvent } from '@seenby/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventPoster } from '../../../../functions/events/webhook/post-event.ts';
import { EventReceiver } from '../../../support/service/event-receiver.ts';

const secret = 'x'.repeat(44);
const nowMs = Date.UTC(2026, 10, 27, 9, 30);
const event = { id: 'e-1', body: '{"id":"e-1","type":"x","at":1,"detail":{"text":"é"}}' };
let receiver: EventReceiver;

beforeEach(async () => {
  receiver = await EventReceiver.start();
});
afterEach(() => receiver.close());

const post = (timeoutMs?: number) =>
  eventPoster(`${receiver.origin}/events?key=1`, {
    clock: () => nowMs,
    ...(timeoutMs !== undefined && { timeoutMs }),
  })(event, secret);

describe('an event that is posted', () => {
  it('comes to the address, signed, as JSON', async () => {
    expect(await post()).toEqual({ outcome: 'taken' });
    const [request] = receiver.requests;
    expect(request).toMatchObject({ url: '/events?key=1', body: event.body });
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json' });
    const clock = () => nowMs;
    const verified = verifyEvent(request?.body ?? '', request?.headers ?? {}, secret, { clock });
    expect(verified).toMatchObject({ outcome: 'verified', event: { detail: { text: 'é' } } });
  });

  it.each([
    [500, {}, undefined],
    [404, {}, undefined],
    [429, { 'retry-after': '120' }, 120_000],
    [503, { 'retry-after': new Date(nowMs + 30_000).toUTCString() }, 30_000],
    [503, { 'retry-after': new Date(nowMs - 30_000).toUTCString() }, 0],
    [503, { 'retry-after': 'soon' }, undefined],
  ])('is refused by %i with %o', async (status, headers, retryAfterMs) => {
    receiver.answer = () => ({ status, headers });
    const refused = { outcome: 'refused', why: `HTTP ${status}` };
    expect(await post()).toEqual(
      retryAfterMs === undefined ? refused : { ...refused, retryAfterMs },
    );
    expect(receiver.requests).toHaveLength(1);
  });

  it('goes to no other address: a redirect is a refusal', async () => {
    receiver.answer = () => ({ status: 307, headers: { location: '/elsewhere' } });
    expect(await post()).toEqual({ outcome: 'refused', why: 'HTTP 307' });
    expect(receiver.requests).toHaveLength(1);
  });

  it('is refused where nobody listens, or answers in time', async () => {
    receiver.answer = () => new Promise(() => {});
    expect(await post(50)).toEqual({ outcome: 'refused', why: 'no answer in time' });
    await receiver.close();
    expect(await post()).toEqual({ outcome: 'refused', why: 'ECONNREFUSED' });
    await receiver.listen();
  });

  it('is posted once more where the connection breaks off, as a kept one may, and no more', async () => {
    receiver.breaks = 1;
    expect(await post()).toEqual({ outcome: 'taken' });
    expect(receiver.requests).toHaveLength(2);
    receiver.breaks = 2;
    expect(await post()).toEqual({ outcome: 'refused', why: 'UND_ERR_SOCKET' });
  });

  it('is not posted without a secret that signs', async () => {
    await expect(
      eventPoster(receiver.origin, { clock: () => nowMs })(event, 'short'),
    ).rejects.toThrow('The secret of the webhook is not base64 of 24 bytes or more.');
    expect(receiver.requests).toEqual([]);
  });
});
