import type { GroupState } from '@seenby/core/group.ts';
import { foldFloorOf } from '@seenby/core/members/fold-member.ts';
import {
  difference,
  emptySet,
  type RangeSet,
  setOfRange,
  setOfSeqs,
  union,
} from '@seenby/core/ranges/range-set.ts';
import { decodeRangeSet, encodeRangeSet } from './codecs/range-set-codec.ts';
import { groupKey, recalledKey } from './dynamodb/keys.ts';
import type { Consistency, Item, Table } from './dynamodb/table.ts';
import { alive, fromGroupItem } from './items/group-item.ts';

/** Recalled seqs that a group's row keeps one by one, before they are packed. */
const maxSingleSeqs = 32;
/** Packed seqs that a group's row has room for: a send rewrites that row. More have a row of their own. */
const maxBytesInGroupRow = 256;
/** Of the lost seqs among them; older ones are as the recalled ones. Some 300 bytes. */
const maxLostRanges = 100;
/** Some 50,000 seqs of any pattern. */
const maxRecalledBytes = 6500;

/** Whether a group would have more recalled seqs than its rows hold. */
export const outgrowsRecalled = ({ recalled }: GroupState, seq: number): boolean =>
  encodeRangeSet(union(recalled, setOfSeqs([seq]))).length > maxRecalledBytes;

/**
 * The recalled seqs of groups whose rows say that they have a row of their own for them. To be read
 * after those rows: what is taken out of a group's row was put into the other one before.
 */
export async function readRecalledApart(
  table: Table,
  groupItems: ReadonlyMap<string, Item | undefined>,
): Promise<Map<string, RangeSet>> {
  const apart = [...groupItems].filter(([, item]) => item?.recalledApart).map(([id]) => id);
  if (apart.length === 0) return new Map();
  const items = await table.getMany(apart.map(recalledKey), 'strong');
  return new Map(apart.map((groupId, i) => [groupId, packedIn(items[i])]));
}

/** The same for one group, by the one read that every role may make. */
export async function readRecalledOf(
  table: Table,
  groupId: string,
  groupItem: Item | undefined,
  consistency: Consistency = 'strong',
): Promise<RangeSet> {
  if (!groupItem?.recalledApart) return emptySet;
  return packedIn(await table.get(recalledKey(groupId), consistency));
}

/**
 * Packs recalled seqs, once they are many, and folds away those that nobody can ask for any more.
 * Whoever comes second leaves it to the next one: its own seqs stand in the number set.
 */
export async function packRecalled(table: Table, groupId: string, item: Item): Promise<void> {
  const singles = item.recalled as Set<number> | undefined;
  if (!singles || singles.size <= maxSingleSeqs) return;
  const apart = await table.get(recalledKey(groupId));
  const group = fromGroupItem(groupId, item, packedIn(apart));
  if (!group) return;
  const packed = encodeRangeSet(difference(group.recalled, setOfRange(1, foldFloorOf(group))));
  const lost = group.lost.slice(-maxLostRanges);
  if (!apart && packed.length <= maxBytesInGroupRow) {
    await takeOver(table, groupId, item, lost, {
      change: 'SET recalledRanges = :packed',
      values: { ':packed': packed },
    });
  } else if (await keepApart(table, groupId, packed, apart)) {
    await takeOver(table, groupId, item, lost, {
      change: 'SET recalledApart = :yes',
      remove: 'REMOVE recalledRanges',
      values: { ':yes': true },
    });
  }
}

/** False when another request has kept more meanwhile. */
async function keepApart(
  table: Table,
  groupId: string,
  packed: Uint8Array,
  apart: Item | undefined,
): Promise<boolean> {
  const known = apart?.recalledRanges;
  const written = await table.update({
    Key: recalledKey(groupId),
    UpdateExpression: 'SET recalledRanges = :packed',
    ConditionExpression: isStill('recalledRanges', known),
    ExpressionAttributeValues: { ':packed': packed, ...knownValue('recalledRanges', known) },
  });
  return written.outcome === 'written';
}

/** Takes the seqs that have been packed out of the number sets of the group's row. */
async function takeOver(
  table: Table,
  groupId: string,
  item: Item,
  lost: RangeSet,
  { change, remove = '', values }: { change: string; remove?: string; values: Item },
): Promise<void> {
  const { recalled, lost: lostSingles, recalledRanges, lostRanges } = item;
  await table.update({
    Key: groupKey(groupId),
    UpdateExpression: `${change}, lostRanges = :lost ${remove} DELETE recalled :singles${lostSingles ? ', lost :lostSingles' : ''}`,
    ConditionExpression: `${alive} AND ${isStill('recalledRanges', recalledRanges)} AND ${isStill('lostRanges', lostRanges)}`,
    ExpressionAttributeValues: {
      ...values,
      ':lost': encodeRangeSet(lost),
      ':singles': recalled,
      ...(lostSingles !== undefined && { ':lostSingles': lostSingles }),
      ...knownValue('recalledRanges', recalledRanges),
      ...knownValue('lostRanges', lostRanges),
    },
  });
}

const isStill = (name: string, known: unknown): string =>
  known ? `${name} = :known${name}` : `attribute_not_exists(${name})`;

const knownValue = (name: string, known: unknown): Item =>
  known ? { [`:known${name}`]: known } : {};

const packedIn = (item: Item | undefined): RangeSet =>
  item?.recalledRanges ? decodeRangeSet(item.recalledRanges as Uint8Array) : emptySet;
