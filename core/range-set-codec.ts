import type { Range, RangeSet } from './range-set.ts';
import { VarintReader, VarintWriter } from './varint.ts';

/** Gap and length of each range: two or three bytes a range wherever a group's seqs stand. */
export function encodeRangeSet(set: RangeSet): Uint8Array {
  const writer = new VarintWriter();
  writeRanges(writer, set);
  return writer.bytes();
}

export function decodeRangeSet(bytes: Uint8Array): RangeSet {
  const reader = new VarintReader(bytes);
  const ranges: Range[] = [];
  for (let end = 0; !reader.done; ) end = readRange(reader, end, ranges);
  return ranges;
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
