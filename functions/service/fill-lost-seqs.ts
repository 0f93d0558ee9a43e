import type { GroupState } from '@seenby/core/group.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import pMap from 'p-map';
import { floorOf, type Service } from './service.ts';

/**
 * Longer than a send takes, as a rule: a seq still empty after that hides what came after it from
 * readers no longer. A sender who is slower finds the tombstone, and takes another seq.
 */
export const lostAfterMs = 2000;

const writtenAtOnce = 20;
/** Steps in which the newest message is looked for below seqs that were lost. */
const seqsPerLook = 20;
/** Older ones are not shown as the newest; nothing loses so many in a row. */
const maxSeqsBack = 200;
/** Seqs below the last that may be without a message at the moment: their senders get this long. */
const looks = 6;
const maxPauseMs = 200;

/**
 * Fills seqs whose messages were lost with tombstones, takes them out of every unread count, and shows
 * the newest message before them where one of them was the last.
 */
export async function fillLostSeqs(
  service: Service,
  groupId: string,
  seqs: readonly number[],
  at: number,
): Promise<void> {
  const lost = await fill(service, groupId, seqs, at);
  if (lost.length === 0) return;
  for (let look = 1; !(await service.groups.addLost(groupId, lost)); look++) {
    const group = await service.groups.get(groupId);
    if (!group) return;
    const { message, holes } = await findNewest(service, group);
    if (holes.length === 0) {
      if (await service.groups.addLastLost(group, lost, message)) return;
    } else if (look < looks) await service.wait((maxPauseMs / 2) * (1 + service.random()));
    // A sender who is slower than that finds the tombstone, and takes another seq.
    else lost.push(...(await fill(service, groupId, holes, at)));
  }
}

/** Those that are without a message, and stay so. */
async function fill(
  { messages }: Service,
  groupId: string,
  seqs: readonly number[],
  at: number,
): Promise<number[]> {
  const insert = (seq: number) => messages.insertTombstone(groupId, seq, at);
  const filled = await pMap(seqs, insert, { concurrency: writtenAtOnce });
  return seqs.filter((_, i) => filled[i]);
}

/** The newest message, and the seqs above it that have neither message nor tombstone. */
async function findNewest(
  service: Service,
  group: GroupState,
): Promise<{ message: Message | undefined; holes: number[] }> {
  const { groupId, lastSeq } = group;
  const first = Math.max(floorOf(service, group), lastSeq - maxSeqsBack) + 1;
  const holes: number[] = [];
  for (let to = lastSeq; to >= first; to -= seqsPerLook) {
    const from = Math.max(first, to - seqsPerLook + 1);
    const stored = await service.messages.range(groupId, from, to);
    const bySeq = new Map(stored.map((each) => [each.message.seq, each]));
    for (let seq = to; seq >= from; seq--) {
      const found = bySeq.get(seq);
      if (found && !found.tombstone) return { message: found.message, holes };
      if (!found) holes.push(seq);
    }
  }
  return { message: undefined, holes };
}
