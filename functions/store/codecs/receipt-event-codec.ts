import type { ReceiptEvent } from '@seenby/core/members/member.ts';
import type { RangeSet } from '@seenby/core/ranges/range-set.ts';
import type { ReceiptKind } from '@seenby/protocol/entities.ts';
import { decodeRangeSet, encodeRangeSet, readRanges, writeRanges } from './range-set-codec.ts';
import { VarintReader, VarintWriter } from './varint.ts';
import { openBytes, unknownVersion, versionHeader } from './versioned-bytes.ts';

/** The second one keeps receipt events of many ranges as stored sets do; it reads the first as well. */
const version = 2;
const manyRanges = 100;

const kinds: readonly ReceiptKind[] = ['read', 'delivered', 'played'];

/** A member's newest receipt events as one attribute: kind, time, and the ranges, about a dozen bytes each. */
export function encodeReceiptEvents(receiptEvents: readonly ReceiptEvent[]): Uint8Array {
  const writer = new VarintWriter(versionHeader(version));
  for (const { kind, at, ranges } of receiptEvents) {
    writer.write(kinds.indexOf(kind)).write(at);
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
  while (!reader.done) {
    const kind = kinds[reader.read()] ?? 'read';
    const at = reader.read();
    receiptEvents.push({ kind, at, ranges: rangesOf(reader) });
  }
  return receiptEvents;
}

/** A receipt event has ranges: none of them means that a set follows, after its length. */
function rangesOf(reader: VarintReader): RangeSet {
  const count = reader.read();
  return count > 0 ? readRanges(reader, count) : decodeRangeSet(reader.bytes());
}

const maxBytes = 64;

/** The newest receipt events that fit a row of a few hundred bytes; the last one always stays. */
export function newestReceiptEvents(receiptEvents: readonly ReceiptEvent[]): ReceiptEvent[] {
  const newest = receiptEvents.slice(-4);
  while (newest.length > 1 && encodeReceiptEvents(newest).length > maxBytes) newest.shift();
  return newest;
}
