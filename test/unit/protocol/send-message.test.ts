import { clientFrameSchemas } from '@seenby/protocol/client-frames.ts';
import { messageTypes } from '@seenby/protocol/enums.ts';
import { sendMessageSchema } from '@seenby/protocol/http-requests.ts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
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
