import type { CountRange } from '@seenby/protocol/entities.ts';
import { decodeCounts, encodeCounts } from './codecs/count-codec.ts';
import { countSnapshotKey, unseenChangesKey } from './dynamodb/keys.ts';
import type { Table } from './dynamodb/table.ts';

/** The counts of a group's newest messages as they were at a version. */
export interface CountSnapshot {
  version: number;
  /** What of a version every member may know. */
  common: number;
  counts: readonly CountRange[];
  /** Those of the group. */
  turns: number;
  takenAt: number;
}

/** What is known of a group's counts: `unseen` is to be handed back when newer ones are kept. */
export interface KnownCounts {
  unseen: number;
  /** Undefined also when something has changed since that was pushed to nobody. */
  snapshot: CountSnapshot | undefined;
}

/** One reader at a time takes a new snapshot; who crashes doing so is waited for no longer. */
const claimMs = 3000;

/** Counts of big groups, kept so that thousands who come back need not each read every member. */
export class CountSnapshots {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async read(groupId: string): Promise<KnownCounts> {
    const keys = [unseenChangesKey(groupId), countSnapshotKey(groupId)];
    const [changes, item] = await this.#table.getMany(keys, 'strong');
    const unseen = Number(changes?.unseen ?? 0);
    if (item?.unseen !== unseen) return { unseen, snapshot: undefined };
    const { version, common, turns, takenAt } = item as unknown as CountSnapshot;
    const counts = decodeCounts(item.counts as Uint8Array);
    return { unseen, snapshot: { version, common, counts, turns, takenAt } };
  }

  /** Something changed while nobody had the group open: it will never be pushed. */
  async noteUnseen(groupId: string): Promise<void> {
    await this.#table.update({
      Key: unseenChangesKey(groupId),
      UpdateExpression: 'ADD unseen :one',
      ExpressionAttributeValues: { ':one': 1 },
    });
  }

  /** Never puts older counts in place of newer ones. `unseen` was read before the counts. */
  async keep(groupId: string, unseen: number, snapshot: CountSnapshot): Promise<void> {
    const { version, common, counts, turns, takenAt } = snapshot;
    await this.#table.put({
      Item: {
        ...countSnapshotKey(groupId),
        ...{ unseen, version, common, turns, takenAt, counts: encodeCounts(counts) },
      },
      ConditionExpression:
        'attribute_not_exists(pk) OR unseen < :unseen OR (unseen = :unseen AND version <= :version)',
      ExpressionAttributeValues: { ':unseen': unseen, ':version': version },
    });
  }

  /** Whether the caller is the one to take a new snapshot now. */
  async claim(groupId: string, now: number): Promise<boolean> {
    const written = await this.#table.update({
      Key: unseenChangesKey(groupId),
      UpdateExpression: 'SET claimedUntil = :until',
      ConditionExpression: 'attribute_not_exists(claimedUntil) OR claimedUntil <= :now',
      ExpressionAttributeValues: { ':until': now + claimMs, ':now': now },
    });
    return written.outcome === 'written';
  }
}
