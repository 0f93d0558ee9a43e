import { emptySet, type RangeSet, union } from '@seenby/core/ranges/range-set.ts';
import { decodeRangeSet, encodeRangeSet } from './codecs/range-set-codec.ts';
import { countPushesKey } from './dynamodb/keys.ts';
import type { Item, Table } from './dynamodb/table.ts';

/** Messages whose counts are pushed, or were, at a time. */
export interface PushedSeqs {
  readonly at: number;
  readonly seqs: RangeSet;
}

/** Where the pushes of a group's counts stand. */
export interface CountPushes {
  /** Moves up with every write; 0 before the first. */
  readonly revision: number;
  /** When counts were last pushed; 0 for never. */
  readonly pushedAt: number;
  /** Changed since, and to be pushed by then: a job that waits in the queue does it. */
  readonly due: PushedSeqs | undefined;
  /** What the last push was of, unless its frames have been posted: what made it may have died. */
  readonly unfinished: RangeSet;
  /** Pushes whose frames may still be on their way. */
  readonly recent: readonly PushedSeqs[];
  /** Which `due` was pushed last by its job. */
  readonly lastDueAt: number | undefined;
}

/** Longer than a frame of counts is tried for. */
export const recentMs = 90_000;
/** Whatever happened before this is of no use to anybody. */
const keptMs = 24 * 3_600_000;

/**
 * One small row per group whose counts are pushed. It is written before the members are read for a push:
 * whoever finds a `due` in it knows that its job has yet to read them.
 */
export class CountPushStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** As of this moment: a strong read. */
  async read(groupId: string): Promise<CountPushes> {
    return toCountPushes(await this.#table.get(countPushesKey(groupId)));
  }

  /** Notes that something has to be pushed by then; false when another request wrote meanwhile. */
  schedule(groupId: string, known: CountPushes, due: PushedSeqs): Promise<boolean> {
    return this.#write(groupId, { ...known, due }, due.at);
  }

  /**
   * Notes that a push of these begins, and answers what it is to be finished by; undefined when another
   * request wrote meanwhile.
   */
  async begin(
    groupId: string,
    known: CountPushes,
    { at, seqs }: PushedSeqs,
    lastDueAt: number | undefined,
  ): Promise<number | undefined> {
    const recent = withPushed(known.recent, { at, seqs });
    const next = { ...known, pushedAt: at, due: undefined, unfinished: seqs, recent, lastDueAt };
    return (await this.#write(groupId, next, at)) ? known.revision + 1 : undefined;
  }

  /** Notes that the frames of a push have been posted, or left with the queue. Where another has begun it is left to that. */
  async finish(groupId: string, begun: number): Promise<void> {
    await this.#table.update({
      Key: countPushesKey(groupId),
      UpdateExpression: 'REMOVE unfinished',
      ConditionExpression: 'revision = :begun',
      ExpressionAttributeValues: { ':begun': begun },
    });
  }

  /** Moves the revision up by one. */
  async #write(groupId: string, next: CountPushes, now: number): Promise<boolean> {
    const { revision } = next;
    const written = await this.#table.put({
      Item: { ...countPushesKey(groupId), ...toItem(next, now) },
      ...(revision === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: { ':revision': revision },
          }),
    });
    return written.outcome === 'written';
  }
}

function withPushed(recent: readonly PushedSeqs[], pushed: PushedSeqs): PushedSeqs[] {
  const kept = recent.filter(({ at }) => pushed.at - at < recentMs);
  const last = kept.at(-1);
  if (!last || stretchOf(last.at) !== stretchOf(pushed.at)) return [...kept, pushed];
  return [...kept.slice(0, -1), { at: pushed.at, seqs: union(last.seqs, pushed.seqs) }];
}

/** Pushes of the same half minute are kept as one. */
const stretchOf = (at: number): number => Math.floor((3 * at) / recentMs);

const toItem = (
  { revision, pushedAt, due, unfinished, recent, lastDueAt }: CountPushes,
  now: number,
): Item => ({
  ...{ revision: revision + 1, pushedAt },
  recent: recent.map(toPair),
  ...(unfinished.length > 0 && { unfinished: encodeRangeSet(unfinished) }),
  ...(due && { due: toPair(due) }),
  ...(lastDueAt !== undefined && { lastDueAt }),
  expiresAt: Math.ceil((now + keptMs) / 1000),
});

function toCountPushes(item: Item = {}): CountPushes {
  const { revision = 0, pushedAt = 0, due, unfinished, recent = [], lastDueAt } = item;
  return {
    revision: revision as number,
    pushedAt: pushedAt as number,
    due: due ? fromPair(due as Pair) : undefined,
    unfinished: unfinished ? decodeRangeSet(unfinished as Uint8Array) : emptySet,
    recent: (recent as Pair[]).map(fromPair),
    lastDueAt: lastDueAt as number | undefined,
  };
}

type Pair = [at: number, seqs: Uint8Array];

const toPair = ({ at, seqs }: PushedSeqs): Pair => [at, encodeRangeSet(seqs)];
const fromPair = ([at, seqs]: Pair): PushedSeqs => ({ at, seqs: decodeRangeSet(seqs) });
