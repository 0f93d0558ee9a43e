import { describe, expect, it } from 'vitest';
import { decodeCounts, encodeCounts } from '../../../functions/store/codecs/count-codec.ts';
import { decodeRangeSet, encodeRangeSet } from '../../../functions/store/codecs/range-set-codec.ts';
import { decodeReadings, encodeReadings } from '../../../functions/store/codecs/reading-codec.ts';
import {
  decodeReceiptEvents,
  encodeReceiptEvents,
} from '../../../functions/store/codecs/receipt-event-codec.ts';
import { decodeBlock, encodeBlock } from '../../../functions/store/codecs/receipt-log-codec.ts';

const at = Date.UTC(2026, 0, 1);
const everySecond = Array.from({ length: 100 }, (_, i) => ({ from: 2 * i + 1, to: 2 * i + 1 }));

/**
 * Bytes as each version wrote them, oldest first: the first ones are from before there were versions.
 * Rows live as long as their group, so none of them is ever taken away. Whoever changes an encoding
 * adds its bytes here, under a version of its own.
 */
const encodings = [
  {
    what: 'a set of seqs',
    content: [
      { from: 1, to: 200 },
      { from: 205, to: 205 },
      { from: 1_000_000, to: 1_000_640 },
    ],
    encode: encodeRangeSet,
    decode: decodeRangeSet,
    written: ['01c7010500f3823d8005', '000101c7010500f3823d8005'],
  },
  {
    what: 'a set that begins at 128',
    content: [{ from: 128, to: 128 }],
    encode: encodeRangeSet,
    decode: decodeRangeSet,
    written: ['800100', '0001800100'],
  },
  {
    what: 'a set with many gaps',
    content: everySecond,
    encode: encodeRangeSet,
    decode: decodeRangeSet,
    written: [
      `0100${'0200'.repeat(99)}`,
      `00010100${'0200'.repeat(99)}`,
      `00020100c60100${'aa'.repeat(24)}0a`,
    ],
  },
  {
    what: 'receipt events of a member',
    content: [
      {
        kind: 'read' as const,
        at,
        ranges: [
          { from: 1, to: 40 },
          { from: 50, to: 50 },
        ],
      },
      { kind: 'delivered' as const, at: at + 5000, ranges: [{ from: 41, to: 49 }] },
      { kind: 'played' as const, at: at + 6000, ranges: [{ from: 7, to: 7 }] },
    ],
    encode: encodeReceiptEvents,
    decode: decodeReceiptEvents,
    written: [
      '0080d0eab6b7330201270a000188f7eab6b73301290802f0feeab6b733010700',
      '00010080d0eab6b7330201270a000188f7eab6b73301290802f0feeab6b733010700',
      '00020080d0eab6b7330201270a000188f7eab6b73301290802f0feeab6b733010700',
      '00030080a0d5edee660201270a0001904e01290802d00f010700',
    ],
  },
  {
    what: 'a receipt event of many ranges',
    content: [{ kind: 'read' as const, at, ranges: everySecond }],
    encode: encodeReceiptEvents,
    decode: decodeReceiptEvents,
    written: [
      `0080d0eab6b733640100${'0200'.repeat(99)}`,
      `00010080d0eab6b733640100${'0200'.repeat(99)}`,
      `00020080d0eab6b733002000020100c60100${'aa'.repeat(24)}0a`,
      `00030080a0d5edee66002000020100c60100${'aa'.repeat(24)}0a`,
    ],
  },
  {
    what: 'the receipt log',
    content: [
      { ordinal: 1, kind: 'read' as const, from: 65, to: 128, at },
      { ordinal: 300, kind: 'delivered' as const, from: 70, to: 70, at: at + 10 },
      { ordinal: 2, kind: 'played' as const, from: 128, to: 128, at: at + 900 },
    ],
    encode: encodeBlock,
    decode: (bytes: Uint8Array) => decodeBlock(bytes, 1),
    written: [
      '01003f80d0eab6b733ac0245000a02bf0100fa06',
      '000101003f80d0eab6b733ac0245000a02bf0100fa06',
    ],
  },
  {
    what: 'counts',
    content: [
      {
        ...{ fromSeq: 300, toSeq: 428, totalCount: 1200 },
        ...{ readCount: 7, deliveredCount: 1000, unreadCount: 1193 },
      },
      {
        ...{ fromSeq: 429, toSeq: 429, totalCount: 1199 },
        ...{ readCount: 1, deliveredCount: 1, unreadCount: 1198 },
      },
    ],
    encode: encodeCounts,
    decode: decodeCounts,
    written: ['0001ac02800107e807b009000101af09'],
  },
  {
    what: 'readings of a user',
    content: new Map([
      [20_454, { messages: 12, read: 10, delaySumMs: 987_654, delayCount: 9 }],
      [20_455, { messages: 1, read: 0, delaySumMs: 0, delayCount: 0 }],
    ]),
    encode: encodeReadings,
    decode: decodeReadings,
    written: ['e69f010c0a86a43c09e79f0101000000', '0001e69f010c0a86a43c09e79f0101000000'],
  },
] as const satisfies readonly Encoding<never>[];

interface Encoding<T> {
  what: string;
  content: unknown;
  encode: (content: T) => Uint8Array;
  decode: (bytes: Uint8Array) => unknown;
  written: readonly string[];
}

describe.each<Encoding<never>>(encodings)(
  '$what, as stored',
  ({ content, encode, decode, written }) => {
    it('is read as every version wrote it', () => {
      for (const hex of written) expect(decode(Buffer.from(hex, 'hex'))).toEqual(content);
    });

    it('is written as the newest version here: a changed encoding needs a version of its own', () => {
      expect(Buffer.from(encode(content as never)).toString('hex')).toBe(written.at(-1));
    });

    it('is refused when a newer release wrote it', () => {
      expect(() => decode(Buffer.from('007f0101', 'hex'))).toThrow('of version 127');
    });
  },
);
