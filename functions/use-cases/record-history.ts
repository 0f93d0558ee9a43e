import { splitMove } from '../../core/history-block.ts';
import { newMoves } from '../../core/marking.ts';
import type { Service } from '../service.ts';
import type { BlockEntry } from '../store/history.ts';
import type { MemberChange } from '../stream/member-change.ts';

/**
 * Writes the moves of a whole batch as one wide row per block of seqs. Rows merge by union and
 * earliest time, so a batch that comes twice, late or out of order changes nothing.
 */
export async function recordHistory(
  service: Service,
  changes: readonly MemberChange[],
): Promise<void> {
  const entries = new Map<string, BlockEntry>();
  for (const { groupId, before, after } of changes) {
    for (const move of newMoves(before?.moves ?? [], after.moves)) {
      for (const { block, ...blockMove } of splitMove(after.ordinal, move)) {
        const name = `${groupId} ${block}`;
        const entry = entries.get(name) ?? { groupId, block, moves: [] };
        entry.moves.push(blockMove);
        entries.set(name, entry);
      }
    }
  }
  await service.history.record([...entries.values()]);
}
