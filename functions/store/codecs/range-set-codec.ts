import { type Range, type RangeSet, rangeSet } from '@seenby/core/ranges/range-set.ts';
import { VarintReader, VarintWriter } from './varint.ts';
import { openBytes, unknownVersion, unversioned, versionHeader } from './versioned-bytes.ts';

const asRanges = 1;
const asBits = 2;

/**
 * Gap and length of each range, two or three bytes a range wherever a group's seqs stand. Where the
 * gaps are many, the first and the last range and a bit for each seq between them, if that takes less: eight seqs to a
 * byte, whatever the pattern. An empty set has no bytes.
 */
export function encodeRangeSet(set: RangeSet): Uint8Array {
  if (set.length === 0) return new Uint8Array();
  const writer = new VarintWriter(versionHeader(asRanges));
  writeRanges(writer, set);
  const ranges = writer.bytes();
  return ranges.length > 3 * headBytes + bitmapBytes(set) ? encodeBits(set) : ranges;
}

export function decodeRangeSet(bytes: Uint8Array): RangeSet {
  const { version, content } = openBytes(bytes);
  if (version === asBits) return decodeBits(content);
  if (version !== asRanges && version !== unversioned) {
    throw unknownVersion('a set of seqs', version);
  }
  const reader = new VarintReader(content);
  const ranges: Range[] = [];
  for (let end = 0; !reader.done; ) end = readRange(reader, end, ranges);
  return ranges;
}

/** More than the header and a range ever take. */
const headBytes = 10;

const bitmapBytes = (set: RangeSet): number =>
  Math.max(0, Math.ceil(((set.at(-1)?.from ?? 0) - (set[0]?.to ?? 0) - 1) / 8));

/** The first range and the last, and a bit for each seq between them. */
function encodeBits(set: RangeSet): Uint8Array {
  const [first = { from: 1, to: 0 }] = set;
  const writer = new VarintWriter(versionHeader(asBits));
  writeRanges(writer, [first, ...set.slice(-1)]);
  const bits = new Uint8Array(bitmapBytes(set));
  for (const { from, to } of set.slice(1, -1)) {
    for (let place = from - first.to - 1; place < to - first.to; place++) {
      bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
    }
  }
  return Uint8Array.from([...writer.bytes(), ...bits]);
}

function decodeBits(content: Uint8Array): RangeSet {
  const reader = new VarintReader(content);
  const ends = readRanges(reader, 2);
  const base = (ends[0]?.to ?? 0) + 1;
  const bits = content.subarray(reader.position);
  const between: Range[] = [];
  for (let place = 0; place < bits.length * 8; place++) {
    if (((bits[place >> 3] ?? 0) >> (place & 7)) & 1) {
      between.push({ from: base + place, to: base + place });
    }
  }
  return rangeSet([...ends, ...between]);
}

export function writeRanges(writer: VarintWriter, set: RangeSet): void {
  let end = 0;
  for (const { from, to } of set) {
    writer.write(from - end).write(to - from);
    end = to;
  }
}

export function readRanges(reader: VarintReader, count: number): RangeSet {
  const ranges: Range[] = [];
  for (let end = 0; ranges.length < count; ) end = readRange(reader, end, ranges);
  return ranges;
}

function readRange(reader: VarintReader, end: number, into: Range[]): number {
  const from = end + reader.read();
  const to = from + reader.read();
  into.push({ from, to });
  return to;
}
