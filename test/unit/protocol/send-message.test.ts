import { clientFrameSchemas } from '@seenby/protocol/client-frames.ts';
import { messageTypes } from '@seenby/protocol/enums.ts';
import { sendMessageSchema } from '@seenby/protocol/http-requests.ts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { trickyKeys } from './awkward-inputs.ts';
import { accepted, verdictOn } from './safe-parse.ts';

/** What both transports say of a message with these fields; it is the same. */
function send(fields: object): string[] {
  const message = { clientMessageId: 'c1', content: '', ...fields };
  const frame = { type: 'send_message', groupId: 'team', ...message };
  const byFrame = verdictOn(clientFrameSchemas.send_message, frame);
  expect(verdictOn(sendMessageSchema, message)).toEqual(byFrame);
  return byFrame;
}

describe('send_message', () => {
  it.each([
    ['a', 8192],
    ['é', 4096],
    ['語', 2730],
    ['😀', 2048],
  ])('[SE4] takes 8 KB of content, counted in bytes: %s', (character, most) => {
    expect(send({ content: character.repeat(most) })).toEqual(accepted);
    expect(send({ content: character.repeat(most + 1) })).toEqual(['custom content']);
    const rest = 'a'.repeat(8192 - new TextEncoder().encode(character.repeat(most)).length);
    expect(send({ content: character.repeat(most) + rest })).toEqual(accepted);
    expect(send({ content: `${character.repeat(most)}${rest}a` })).toEqual(['custom content']);
  });

  it.each([[7], [null], [['hi']], [{ text: 'hi' }]])('[SE4] takes text only, not %o', (content) => {
    expect(send({ content })).toEqual(['invalid_type content']);
  });

  it('is text unless it says otherwise', () => {
    const frame = { type: 'send_message', groupId: 'team', clientMessageId: 'c1', content: 'hi' };
    expect(z.parse(clientFrameSchemas.send_message, frame)).toEqual({
      ...frame,
      messageType: 'text',
    });
    for (const messageType of messageTypes) expect(send({ messageType })).toEqual(accepted);
    for (const messageType of ['TEXT', 'audio', '', null, 1, 'constructor']) {
      expect(send({ messageType })).toEqual(['invalid_value messageType']);
    }
  });

  it('[SE4] mentions fifty users at most', () => {
    expect(send({ mentions: [] })).toEqual(accepted);
    expect(send({ mentions: Array(50).fill('bo') })).toEqual(accepted);
    expect(send({ mentions: Array(51).fill('bo') })).toEqual(['too_big mentions']);
    expect(send({ mentions: 'bo' })).toEqual(['invalid_type mentions']);
  });
});

describe('metadata', () => {
  const refused = ['custom metadata'];
  const sized = (bytes: number) => ({ m: 'x'.repeat(bytes - '{"m":""}'.length) });

  it('[SE4] takes a JSON object of 1 KB, counted in bytes', () => {
    for (const metadata of [{}, { a: [1, null, { b: true }] }, sized(1024)]) {
      expect(send({ metadata })).toEqual(accepted);
    }
    expect(send({ metadata: sized(1025) })).toEqual(refused);
    expect(send({ metadata: { m: 'é'.repeat(509) } })).toEqual(refused);
  });

  it.each([[null], ['a'], [1], [true], [[1]]])('[SE4] takes an object only, not %o', (metadata) => {
    expect(send({ metadata })).toEqual(refused);
  });

  it('[SE4] has no key that stands for a prototype, however deep it is nested', () => {
    for (const text of ['{"__proto__":1}', '{"a":[{"__proto__":{"b":1}}]}']) {
      expect(send({ metadata: JSON.parse(text) })).toEqual(refused);
    }
    for (const key of trickyKeys.filter((each) => each !== '__proto__')) {
      expect(send({ metadata: { [key]: 1 } })).toEqual(accepted);
    }
    expect(
      send({ metadata: JSON.parse(`{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`) }),
    ).toEqual(refused);
  });

  it('[SE4] has no half of a character in any text or key', () => {
    const metadata = JSON.parse('{"\\ud83d":["\\ude00x",{"a":"\\ud83d\\ude00"}]}');
    const message = { clientMessageId: 'c1', content: 'cut \ud83d', metadata };
    expect(z.parse(sendMessageSchema, message)).toMatchObject({
      content: 'cut \ufffd',
      metadata: { '\ufffd': ['\ufffdx', { a: '😀' }] },
    });
  });

  it('says to everybody what JSON can say', () => {
    const metadata = JSON.parse('{"a":1e999,"b":-0,"c":"\\ud800"}');
    const message = { clientMessageId: 'c1', content: '', metadata };
    const read = z.parse(sendMessageSchema, message).metadata;
    expect(read).toStrictEqual({ a: null, b: 0, c: '\ufffd' });
    expect(JSON.parse(JSON.stringify(read))).toStrictEqual(read);
  });
});
