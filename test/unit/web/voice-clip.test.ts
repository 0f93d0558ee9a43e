import { describe, expect, it } from 'vitest';
import {
  clipOf,
  levelCount,
  levelsOf,
  maxClipBytes,
  toMessage,
} from '../../../demo/web/voice/voice-clip.ts';
import { sendMessageSchema } from '../../../packages/protocol/src/http-requests.ts';

const url = `data:audio/webm;codecs=opus;base64,${btoa('x'.repeat(maxClipBytes))}`;
const levels = Array.from({ length: levelCount }, (_, i) => (i % 10) / 9);
const clip = { url, durationMs: 4200.4, levels };

it('the largest clip is a message that the service takes, and comes out as it went in', () => {
  const message = { clientMessageId: 'a', messageType: 'voice' as const, ...toMessage(clip) };
  expect(sendMessageSchema.safeParse(message).success).toBe(true);
  expect(clipOf(message)).toEqual({ url, durationMs: 4200, levels });
});

describe('what somebody else wrote is not taken for a sound', () => {
  it.each([
    'https://tracker.example/a.mp3',
    'javascript:alert(1)',
    'data:text/html;base64,PGI+',
    'data:audio/webm;base64,AAAA" onerror="x',
    'data:audio/svg+xml;base64,AAAA',
    'data:audio/webm,AAAA',
    'Hello',
    '',
  ])('%s', (content) => {
    expect(clipOf({ messageType: 'voice', content })).toBeUndefined();
  });

  it('a sound in a message that is no voice message', () => {
    expect(clipOf({ messageType: 'text', content: url })).toBeUndefined();
  });
});

it.each([
  {},
  { durationMs: '4', levels: [1] },
  { durationMs: -1, levels: '' },
  { durationMs: Number.POSITIVE_INFINITY, levels: 'x'.repeat(40) },
  { durationMs: 1e12, levels: '9'.repeat(101) },
])('beside it may stand anything: %o', (metadata) => {
  const found = clipOf({ messageType: 'voice', content: url, metadata });
  expect(found?.durationMs).toBeGreaterThan(0);
  expect(found?.durationMs).toBeLessThanOrEqual(60_000);
  expect(found?.levels.every((level) => level >= 0 && level <= 1)).toBe(true);
});

it('levels follow the loudness, and the loudest is 1', () => {
  const samples = new Float32Array(levelCount * 100).map((_, i) => (i < 2000 ? 0.1 : 0.4));
  const found = levelsOf(samples);
  expect([found.length, found[0], found.at(-1)]).toEqual([levelCount, expect.closeTo(0.25), 1]);
  expect(levelsOf(new Float32Array())).toEqual(Array(levelCount).fill(0));
  expect(levelsOf(new Float32Array(7))).toEqual(Array(levelCount).fill(0));
});
