import type { ReceiptEvent } from '@seenby/core/members/member.ts';
import type { RangeSet } from '@seenby/core/ranges/range-set.ts';
import type { ReceiptKind } from '@seenby/protocol/entities.ts';
import { decodeRangeSet, encodeRangeSet, readRanges, writeRanges } from './range-set-codec.ts';
import { VarintReader, VarintWriter } from './varint.ts';
import { openBytes, unknownVersion, versionHeader } from './versioned-bytes.ts';

/**
 * The second one keeps receipt events of many ranges as stored sets do, the third says how much later each
 * is than the one before. It reads the others as well.
 */
const version = 3;
const firstWithGaps = 3;
const manyRanges = 100;

const kinds: readonly ReceiptKind[] = ['read', 'delivered', 'played'];

/** A member's newest receipt events as one attribute: kind, time, and the ranges, some eight bytes each. */
export function encodeReceiptEvents(receiptEvents: readonly ReceiptEvent[]): Uint8Array {
  const writer = new VarintWriter(versionHeader(version));
  let before = 0;
  for (const { kind, at, ranges } of receiptEvents) {
    writer.write(kinds.indexOf(kind)).write(zigzag(at - before));
    before = at;
    if (ranges.length < manyRanges) writeRanges(writer.write(ranges.length), ranges);
    else writer.write(0).append(encodeRangeSet(ranges));
  }
  return writer.bytes();
}

export function decodeReceiptEvents(bytes: Uint8Array): ReceiptEvent[] {
  const stored = openBytes(bytes);
  if (stored.version > version) throw unknownVersion('receipt events of a member', stored.version);
  const reader = new VarintReader(stored.content);
  const receiptEvents: ReceiptEvent[] = [];
  let before = 0;
  while (!reader.done) {
    const kind = kinds[reader.read()] ?? 'read';
    const time = reader.read();
    const at = stored.version < firstWithGaps ? time : before + unzigzag(time);
    before = at;
    receiptEvents.push({ kind, at, ranges: rangesOf(reader) });
  }
  return receiptEvents;
}

/** The clocks of two functions differ: an event may be a little earlier than the one before. */
const zigzag = (value: number): number => (value >= 0 ? 2 * value : -2 * value - 1);

const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

/** A receipt event has ranges: none of them means that a set follows, after its length. */
function rangesOf(reader: VarintReader): RangeSet {
  const count = reader.read();
  return count > 0 ? readRanges(reader, count) : decodeRangeSet(reader.bytes());
}

/** Longer than `recorder` gathers, polls and tries again: what is older stands in the receipt log. */
export const unrecordedMs = 150_000;

/** The receipt events that the log may not have yet, as far as they fit; the last one always stays. */
export function newestReceiptEvents(
  receiptEvents: readonly ReceiptEvent[],
  maxBytes: number,
): ReceiptEvent[] {
  const newestAt = receiptEvents.at(-1)?.at ?? 0;
  const newest = receiptEvents.filter(({ at }) => newestAt - at <= unrecordedMs);
  while (newest.length > 1 && encodeReceiptEvents(newest).length > maxBytes) newest.shift();
  return newest;
}
