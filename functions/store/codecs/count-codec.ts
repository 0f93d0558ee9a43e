import type { CountRange } from '@seenby/protocol/entities.ts';
import { VarintReader, VarintWriter } from './varint.ts';
import { contentOf, versionHeader } from './versioned-bytes.ts';

const current = 1;

/** Counts of messages that follow each other: where they begin, then each range's length and numbers. */
export function encodeCounts(counts: readonly CountRange[]): Uint8Array {
  const writer = new VarintWriter(versionHeader(current));
  const [first] = counts;
  if (first) writer.write(first.fromSeq);
  for (const { fromSeq, toSeq, readCount, deliveredCount, totalCount } of counts) {
    writer
      .write(toSeq - fromSeq)
      .write(readCount)
      .write(deliveredCount)
      .write(totalCount);
  }
  return writer.bytes();
}

export function decodeCounts(bytes: Uint8Array): CountRange[] {
  const reader = new VarintReader(contentOf('counts', current, bytes));
  const counts: CountRange[] = [];
  if (reader.done) return counts;
  for (let fromSeq = reader.read(); !reader.done; ) {
    const toSeq = fromSeq + reader.read();
    const [readCount, deliveredCount, totalCount] = [reader.read(), reader.read(), reader.read()];
    const unreadCount = totalCount - readCount;
    counts.push({ fromSeq, toSeq, readCount, deliveredCount, unreadCount, totalCount });
    fromSeq = toSeq + 1;
  }
  return counts;
}
