import { lateMs } from '@seenby/core/counts/push-timing.ts';
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
  /** What jobs in the queue will push, and when. None is taken away before its time. */
  readonly due: readonly PushedSeqs[];
  /** The revision at which the last push began. */
  readonly begun: number;
  /** What the last push was of, unless its frames have been posted: what made it may have died. */
  readonly unfinished: RangeSet;
  /** At which version of the counts which messages were pushed. */
  readonly pushed: { readonly version: number; readonly seqs: RangeSet };
  /** Pushes whose frames may still be on their way. */
  readonly recent: readonly PushedSeqs[];
  /** Which of `due` was pushed last by its job. */
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

  /** Notes what has to be pushed by then; false when another request wrote meanwhile. */
  schedule(groupId: string, known: CountPushes, due: PushedSeqs): Promise<boolean> {
    const others = known.due.filter(({ at }) => at !== due.at);
    return this.#write(groupId, { ...known, due: [...others, due] }, due.at);
  }

  /**
   * Notes that a push of these begins, which was due or was not. Answers what it is to be finished by; undefined when
   * another request wrote meanwhile.
   */
  async begin(
    groupId: string,
    known: CountPushes,
    { at, seqs }: PushedSeqs,
    dueAt: number | undefined,
  ): Promise<number | undefined> {
    const begun = known.revision + 1;
    const next = {
      ...{ ...known, pushedAt: at, begun, unfinished: seqs, lastDueAt: dueAt },
      due: known.due.filter((due) => due.at !== dueAt && due.at > at - lateMs),
      recent: withPushed(known.recent, { at, seqs }),
    };
    return (await this.#write(groupId, next, at)) ? begun : undefined;
  }

  /**
   * Notes that the frames of a push have been posted, or left with the queue, and of which version. Where another
   * has begun meanwhile it is left to that one.
   */
  async finish(
    groupId: string,
    begun: number,
    { version, seqs }: CountPushes['pushed'],
  ): Promise<void> {
    await this.#table.update({
      Key: countPushesKey(groupId),
      UpdateExpression: 'SET pushed = :pushed REMOVE unfinished',
      ConditionExpression: 'begun = :begun',
      ExpressionAttributeValues: { ':begun': begun, ':pushed': toVersioned({ version, seqs }) },
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
  { revision, pushedAt, due, begun, unfinished, pushed, recent, lastDueAt }: CountPushes,
  now: number,
): Item => ({
  ...{ revision: revision + 1, pushedAt, begun },
  ...{ due: due.map(toPair), recent: recent.map(toPair) },
  pushed: toVersioned(pushed),
  ...(unfinished.length > 0 && { unfinished: encodeRangeSet(unfinished) }),
  ...(lastDueAt !== undefined && { lastDueAt }),
  expiresAt: Math.ceil((now + keptMs) / 1000),
});

function toCountPushes(item: Item = {}): CountPushes {
  const { unfinished, due = [], recent = [], pushed = ['0', new Uint8Array()] } = item;
  const [version, seqs] = pushed as [string, Uint8Array];
  return {
    revision: (item.revision as number | undefined) ?? 0,
    pushedAt: (item.pushedAt as number | undefined) ?? 0,
    due: (due as Pair[]).map(fromPair),
    begun: (item.begun as number | undefined) ?? 0,
    unfinished: unfinished ? decodeRangeSet(unfinished as Uint8Array) : emptySet,
    pushed: { version: Number(version), seqs: decodeRangeSet(seqs) },
    recent: (recent as Pair[]).map(fromPair),
    lastDueAt: item.lastDueAt as number | undefined,
  };
}

/** As a text: a number has to be exact for DynamoDB. */
const toVersioned = ({ version, seqs }: CountPushes['pushed']) => [
  String(version),
  encodeRangeSet(seqs),
];

type Pair = [at: number, seqs: Uint8Array];

const toPair = ({ at, seqs }: PushedSeqs): Pair => [at, encodeRangeSet(seqs)];
const fromPair = ([at, seqs]: Pair): PushedSeqs => ({ at, seqs: decodeRangeSet(seqs) });
