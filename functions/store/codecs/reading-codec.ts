import type { Reading } from '@seenby/core/statistics/reading-roll-up.ts';
import { VarintReader, VarintWriter } from './varint.ts';
import { contentOf, versionHeader } from './versioned-bytes.ts';

const version = 1;

/** A member's readings by day, about a dozen bytes each. */
export function encodeReadings(byDay: ReadonlyMap<number, Readonly<Reading>>): Uint8Array {
  const writer = new VarintWriter(versionHeader(version));
  for (const [day, { messages, read, delaySumMs, delayCount }] of [...byDay].sort(
    ([a], [b]) => a - b,
  )) {
    writer.write(day).write(messages).write(read).write(delaySumMs).write(delayCount);
  }
  return writer.bytes();
}

export function decodeReadings(bytes: Uint8Array): Map<number, Reading> {
  const reader = new VarintReader(contentOf('readings of a user', version, bytes));
  const byDay = new Map<number, Reading>();
  while (!reader.done) {
    const day = reader.read();
    const [messages, read] = [reader.read(), reader.read()];
    byDay.set(day, { messages, read, delaySumMs: reader.read(), delayCount: reader.read() });
  }
  return byDay;
}
