import type { History } from '../history/operations.ts';
import { checkCounts } from './check-counts.ts';
import { checkFrames } from './check-frames.ts';
import { checkMessages } from './check-messages.ts';
import { checkPositions } from './check-positions.ts';
import { checkReceipts, type Receivers } from './check-receipts.ts';
import type { Finding } from './finding.ts';
import type { StoredGroup } from './stored-group.ts';

/** All that a history and what is stored after it tell against the service. */
export function check(
  groups: readonly StoredGroup[],
  history: History,
  receivers: Receivers,
): Finding[] {
  const operations = Map.groupBy(history.operations, ({ groupId }) => groupId);
  const showed = Map.groupBy(history.showed, ({ groupId }) => groupId);
  return groups.flatMap((group) => {
    const own: History = {
      operations: operations.get(group.groupId) ?? [],
      showed: showed.get(group.groupId) ?? [],
      received: history.received,
    };
    return [
      ...checkMessages(group, own.operations),
      ...checkReceipts(group, own.operations, receivers),
      ...checkCounts(group),
      ...checkPositions(group, own),
      ...checkFrames(group.groupId, own),
    ];
  });
}

/** Seqs that acknowledged marks covered, each member and kind once: what a receipt is. */
export function countReceipts({ operations }: History): number {
  const given = new Map<string, Set<number>>();
  for (const { userId, groupId, act, outcome } of operations) {
    if (outcome !== 'ok' || !('spans' in act)) continue;
    const key = `${act.kind} ${groupId} ${userId}`;
    const seqs = given.get(key) ?? new Set();
    for (const { fromSeq, toSeq } of act.spans) {
      for (let seq = fromSeq; seq <= toSeq; seq++) seqs.add(seq);
    }
    given.set(key, seqs);
  }
  return [...given.values()].reduce((sum, { size }) => sum + size, 0);
}
