import type { ReceiptKind } from '../protocol/entities.ts';
import type { Move } from './member.ts';
import { readRanges, writeRanges } from './range-set-codec.ts';
import { VarintReader, VarintWriter } from './varint.ts';

const kinds: readonly ReceiptKind[] = ['read', 'delivered', 'played'];

/** A member's newest moves as one attribute: kind, time, and the ranges, about a dozen bytes each. */
export function encodeMoves(moves: readonly Move[]): Uint8Array {
  const writer = new VarintWriter();
  for (const { kind, at, ranges } of moves) {
    writer.write(kinds.indexOf(kind)).write(at).write(ranges.length);
    writeRanges(writer, ranges);
  }
  return writer.bytes();
}

export function decodeMoves(bytes: Uint8Array): Move[] {
  const reader = new VarintReader(bytes);
  const moves: Move[] = [];
  while (!reader.done) {
    const kind = kinds[reader.read()] ?? 'read';
    const at = reader.read();
    moves.push({ kind, at, ranges: readRanges(reader, reader.read()) });
  }
  return moves;
}

const mostBytes = 64;

/** The newest moves that fit a row of a few hundred bytes; the last one always stays. */
export function newestMoves(moves: readonly Move[]): Move[] {
  const newest = moves.slice(-4);
  while (newest.length > 1 && encodeMoves(newest).length > mostBytes) newest.shift();
  return newest;
}
