import type { GroupState } from '../../core/group.ts';
import { setOfSeqs } from '../../core/range-set.ts';
import type { GroupKind, LastMessage, Tracking, Visibility } from '../../protocol/entities.ts';
import { toMessageId } from '../../protocol/identifiers.ts';
import { groupKey } from './keys.ts';
import type { Item } from './table.ts';

/** The preview of the newest message; its seq is the group's `lastSeq`, moved by the same update. */
export type Preview = Omit<LastMessage, 'messageId' | 'seq'>;

/** A group row as DynamoDB keeps it. */
interface GroupItem {
  pk: string;
  sk: string;
  name: string;
  kind: GroupKind;
  tracking: Tracking;
  visibility: Visibility;
  historyForNewMembers: number;
  lastOrdinal: number;
  createdAt: number;
  lastSeq: number;
  preview?: Preview;
  /** A number set, so that one can be added without knowing the others. */
  recalled?: Set<number>;
  steps: Record<string, number>;
  deletedAt?: number;
  /** The owner-to-be, while the group is being made. */
  reservedBy?: string;
}

/** The row of a group that is being made. */
export function toGroupItem(group: GroupState): Item {
  const { groupId, lastMessage: _none, recalled: _empty, ...fields } = group;
  return { ...groupKey(groupId), ...fields };
}

/**
 * Undefined for a group still being made, and for a deleted one, whose row stays so that its id is
 * never used again.
 */
export function fromGroupItem(groupId: string, item: Item | undefined): GroupState | undefined {
  const row = item as GroupItem | undefined;
  if (!row || row.deletedAt !== undefined || row.reservedBy !== undefined) return undefined;
  const { lastSeq, preview, recalled } = row;
  return {
    groupId,
    name: row.name,
    kind: row.kind,
    tracking: row.tracking,
    visibility: row.visibility,
    historyForNewMembers: row.historyForNewMembers,
    createdAt: row.createdAt,
    lastOrdinal: row.lastOrdinal,
    lastSeq,
    ...(preview && {
      lastMessage: { ...preview, messageId: toMessageId({ groupId, seq: lastSeq }), seq: lastSeq },
    }),
    recalled: setOfSeqs(recalled ?? []),
    steps: row.steps,
  };
}
