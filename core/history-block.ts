import type { ReceiptKind } from '../protocol/entities.ts';
import type { Move } from './member.ts';
import type { Range } from './range-set.ts';
import { VarintReader, VarintWriter } from './varint.ts';

/** Receipt history is kept in one partition per group and block of this many seqs. */
export const blockSize = 64;

/** Block that a seq belongs to, from 0. */
export const blockOf = (seq: number): number => Math.floor((seq - 1) / blockSize);

/** A member's move inside one block. */
export interface BlockMove extends Range {
  readonly ordinal: number;
  readonly kind: ReceiptKind;
  readonly at: number;
}

/** Cuts a member's move at the borders of the blocks it touches. */
export function* splitMove(ordinal: number, move: Move): Generator<BlockMove & { block: number }> {
  for (const { from, to } of move.ranges) {
    for (let block = blockOf(from); block <= blockOf(to); block++) {
      const first = block * blockSize + 1;
      yield {
        block,
        ordinal,
        kind: move.kind,
        at: move.at,
        from: Math.max(from, first),
        to: Math.min(to, first + blockSize - 1),
      };
    }
  }
}

const kinds: readonly ReceiptKind[] = ['read', 'delivered', 'played'];

/**
 * Many members' moves of one block, by time: who, kind with place, length, and the time since the
 * move before; five or six bytes each.
 */
export function encodeBlock(moves: readonly BlockMove[]): Uint8Array {
  const writer = new VarintWriter();
  let before = 0;
  for (const move of [...moves].sort((a, b) => a.at - b.at || a.ordinal - b.ordinal)) {
    const place = (move.from - 1) % blockSize;
    writer.write(move.ordinal).write(kinds.indexOf(move.kind) * blockSize + place);
    writer.write(move.to - move.from).write(move.at - before);
    before = move.at;
  }
  return writer.bytes();
}

export function decodeBlock(bytes: Uint8Array, block: number): BlockMove[] {
  const reader = new VarintReader(bytes);
  const moves: BlockMove[] = [];
  for (let at = 0; !reader.done; ) {
    const ordinal = reader.read();
    const kindAndPlace = reader.read();
    const from = block * blockSize + 1 + (kindAndPlace % blockSize);
    const to = from + reader.read();
    at += reader.read();
    moves.push({
      ordinal,
      kind: kinds[Math.floor(kindAndPlace / blockSize)] ?? 'read',
      from,
      to,
      at,
    });
  }
  return moves;
}
