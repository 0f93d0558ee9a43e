import type { GroupState } from '@seenby/core/group.ts';
import { expiredPeriods, periodOf } from '@seenby/core/retention.ts';
import { groupKey } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';
import { alive, movesAuthors, type Preview, recentAuthorsIn } from '../items/group-item.ts';

/** A seq, and who took the newest ones, this one first. */
export interface TakenSeq {
  seq: number;
  recentAuthors: readonly string[];
}

interface Allocation {
  known: GroupState;
  preview: Preview;
  /** No two calls have the same. */
  attempt: string;
}

/**
 * Takes the next seq for a message and shows it as the newest, in one write. The seq is the caller's to
 * fill: with the message, or with a tombstone. The answer may be lost, and the SDK asks again: as long as
 * no other message has come, it finds its own seq. Undefined once the group is gone.
 */
export async function allocateSeq(
  table: Table,
  retentionDays: number,
  { known, preview, attempt }: Allocation,
): Promise<TakenSeq | undefined> {
  const expired = expiredPeriods(known.periods, preview.createdAt, retentionDays);
  const written = await table.update({
    Key: groupKey(known.groupId),
    UpdateExpression:
      `SET lastSeq = lastSeq + :one, seqTakenBy = :by, preview = :preview, ${movesAuthors}, steps.#period = if_not_exists(steps.#period, lastSeq)` +
      (expired.length > 0 ? ` REMOVE ${expired.map((_, i) => `steps.#e${i}`).join(', ')}` : ''),
    ConditionExpression: `${alive} AND (attribute_not_exists(seqTakenBy) OR seqTakenBy <> :by)`,
    ExpressionAttributeNames: {
      '#period': String(periodOf(preview.createdAt, retentionDays)),
      ...Object.fromEntries(expired.map((period, i) => [`#e${i}`, period])),
    },
    ExpressionAttributeValues: {
      ...{ ':one': 1, ':by': attempt, ':preview': preview, ':nobody': '' },
    },
  });
  const item = written.outcome === 'written' ? written.item : written.current;
  const isOurs = item?.seqTakenBy === attempt && item.deletedAt === undefined;
  return isOurs ? { seq: item.lastSeq as number, recentAuthors: recentAuthorsIn(item) } : undefined;
}
