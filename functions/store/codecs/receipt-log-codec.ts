import { blockSize, type LoggedReceiptEvent } from '@seenby/core/receipts/receipt-log-block.ts';
import type { ReceiptKind } from '@seenby/protocol/entities.ts';
import { VarintReader, VarintWriter } from './varint.ts';
import { contentOf, versionHeader } from './versioned-bytes.ts';

const version = 1;
const kinds: readonly ReceiptKind[] = ['read', 'delivered', 'played'];

/**
 * Many members' receipt events of one block, by time: who, kind with place, length, and the time since the
 * receipt event before; five or six bytes each.
 */
export function encodeBlock(receiptEvents: readonly LoggedReceiptEvent[]): Uint8Array {
  const writer = new VarintWriter(versionHeader(version));
  let before = 0;
  for (const event of [...receiptEvents].sort((a, b) => a.at - b.at || a.ordinal - b.ordinal)) {
    const place = (event.from - 1) % blockSize;
    writer.write(event.ordinal).write(kinds.indexOf(event.kind) * blockSize + place);
    writer.write(event.to - event.from).write(event.at - before);
    before = event.at;
  }
  return writer.bytes();
}

export function decodeBlock(bytes: Uint8Array, block: number): LoggedReceiptEvent[] {
  const reader = new VarintReader(contentOf('the receipt log', version, bytes));
  const receiptEvents: LoggedReceiptEvent[] = [];
  for (let at = 0; !reader.done; ) {
    const ordinal = reader.read();
    const kindAndPlace = reader.read();
    const from = block * blockSize + 1 + (kindAndPlace % blockSize);
    const to = from + reader.read();
    at += reader.read();
    receiptEvents.push({
      ordinal,
      kind: kinds[Math.floor(kindAndPlace / blockSize)] ?? 'read',
      from,
      to,
      at,
    });
  }
  return receiptEvents;
}
