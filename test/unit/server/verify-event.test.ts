import { createHmac, randomBytes } from 'node:crypto';
import { verifyEvent } from '@seenby/server';
import { describe, expect, it } from 'vitest';
import { signatureOf } from '../../../functions/events/webhook/sign-event.ts';

const secret = randomBytes(33).toString('base64');
const other = randomBytes(24).toString('base64');
const nowMs = Date.UTC(2026, 10, 27, 9, 30);
const event = {
  ...{ id: 'e-1', type: 'member.changed', at: nowMs - 1000 },
  detail: { version: 1, groupId: 'team', userId: 'zoë', change: 'joined', role: 'member' },
};
const body = JSON.stringify(event);
const signedWith = (key = secret, text = body, atMs = nowMs, id = event.id) =>
  signatureOf({ id, body: text }, key, atMs);
const verify = (
  text: string | Uint8Array,
  headers: Parameters<typeof verifyEvent>[1],
  secrets: string | string[] = secret,
) => verifyEvent(text, headers, secrets, { clock: () => nowMs });
const reasonOf = (...given: Parameters<typeof verify>) => {
  const verified = verify(...given);
  return verified.outcome === 'refused' ? verified.reason : verified.outcome;
};

describe('verifyEvent', () => {
  it('gives the event of a request that was signed with the secret', () => {
    expect(verify(body, signedWith())).toEqual({ outcome: 'verified', event });
  });

  it('takes the body as bytes, and headers as the Fetch API and Node have them', () => {
    const headers = signedWith();
    expect(reasonOf(new TextEncoder().encode(body), new Headers(headers))).toBe('verified');
    expect(reasonOf(Buffer.from(body), headers)).toBe('verified');
    const capitals = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]);
    expect(reasonOf(body, Object.fromEntries(capitals))).toBe('verified');
    const asLists = Object.fromEntries(Object.entries(headers).map(([k, value]) => [k, [value]]));
    expect(reasonOf(body, asLists)).toBe('verified');
  });

  it('signs as Standard Webhooks does', () => {
    const example = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
    };
    const signed = signatureOf(example, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 1614265330_000);
    expect(signed).toEqual({
      'webhook-id': example.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('accepts each of two secrets, with and without the usual prefix', () => {
    for (const key of [secret, other, `whsec_${secret}`]) {
      expect(reasonOf(body, signedWith(key), [`whsec_${other}`, secret])).toBe('verified');
    }
  });

  it('accepts one good signature among several', () => {
    const headers = signedWith();
    const good = headers['webhook-signature'];
    const several = `v1a,x v1,${Buffer.alloc(32).toString('base64')} ${good} v1,`;
    expect(reasonOf(body, { ...headers, 'webhook-signature': several })).toBe('verified');
  });

  const headers = signedWith();
  const { 'webhook-signature': signature = '' } = headers;
  it.each([
    ['another body', `${body} `, headers],
    ['another id', body, { ...headers, 'webhook-id': 'e-2' }],
    ['another time', body, { ...headers, 'webhook-timestamp': `${nowMs / 1000 - 1}` }],
    ['another secret', body, signedWith(other)],
    ['a signature cut short', body, { ...headers, 'webhook-signature': signature.slice(0, 20) }],
    ['another version', body, { ...headers, 'webhook-signature': signature.replace('v1', 'v2') }],
    ['no base64', body, { ...headers, 'webhook-signature': 'v1,!!' }],
  ])('refuses %s: a bad signature', (_, text, given) => {
    expect(reasonOf(text, given)).toBe('bad signature');
  });

  it.each([
    [300, 'verified'],
    [301, 'too old'],
    [-300, 'verified'],
    [-301, 'too old'],
  ])('a request of %i seconds ago: %s', (seconds, expected) => {
    const signed = signedWith(secret, body, nowMs - seconds * 1000);
    expect(reasonOf(body, signed)).toBe(expected);
    const options = { clock: () => nowMs, maxAgeSeconds: 900 };
    expect(verifyEvent(body, signed, secret, options).outcome).toBe('verified');
  });

  it('takes no time that is none for a young one', () => {
    const timestamp = 'soon';
    const hmac = createHmac('sha256', Buffer.from(secret, 'base64')).update(
      `${event.id}.${timestamp}.${body}`,
    );
    const signed = { 'webhook-id': event.id, 'webhook-timestamp': timestamp };
    const given = { ...signed, 'webhook-signature': `v1,${hmac.digest('base64')}` };
    expect(reasonOf(body, given)).toBe('too old');
  });

  it.each(Object.keys(headers))('refuses a request without %s: malformed', (name) => {
    expect(reasonOf(body, { ...headers, [name]: undefined })).toBe('malformed');
    expect(reasonOf(body, {})).toBe('malformed');
  });

  it.each([
    ['text', 'hello'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another id than the header', JSON.stringify({ ...event, id: 'e-2' })],
    ['no detail', JSON.stringify({ ...event, detail: undefined })],
    ['no time', JSON.stringify({ ...event, at: 'now' })],
  ])('refuses a body that is %s, though it is signed: malformed', (_, text) => {
    expect(reasonOf(text, signedWith(secret, text))).toBe('malformed');
  });

  it.each([[event], [undefined], [{}]])(
    'refuses a body that is not as it came, such as one that a server has parsed: malformed',
    (parsed) => {
      const verified = verify(parsed as never, signedWith());
      expect(verified).toMatchObject({
        reason: 'malformed',
        message: expect.stringContaining('as it came'),
      });
    },
  );

  it('lets types of events pass that it does not know: the service may be newer', () => {
    const newer = JSON.stringify({ ...event, type: 'message.pinned', more: 1 });
    expect(reasonOf(newer, signedWith(secret, newer))).toBe('verified');
  });

  it.each(['', 'short', 'whsec_', `${secret}!`, Buffer.alloc(23).toString('base64')])(
    'throws for %j, which is no secret',
    (bad) => {
      expect(() => verify(body, headers, bad)).toThrow('24 bytes');
      expect(() => verify(body, headers, [secret, bad])).toThrow(TypeError);
    },
  );

  it('refuses every request where there is no secret at all', () => {
    expect(reasonOf(body, headers, [])).toBe('bad signature');
  });
});
