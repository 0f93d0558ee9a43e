import { gzipSync } from 'node:zlib';
import { nameOfDay } from '@seenby/core/day.ts';
import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { isPrivateTime } from '@seenby/core/reading/private-times.ts';
import { withoutPrivateReads } from '@seenby/core/reading/receipt-privacy.ts';
import { knownReceipts } from '@seenby/core/receipts/known-receipts.ts';
import type { RetentionPeriod } from '@seenby/core/retention.ts';
import type { Service } from '../service/service.ts';
import { type Chunk, readChunks } from '../statistics/roll-up-reading.ts';

/** Where objects are kept. Putting the same key again MUST replace it. */
export interface ObjectStore {
  put(key: string, body: Uint8Array): Promise<void>;
}

/**
 * Keeps what retention takes away: per group and period a gzip file of JSON lines, the messages, then
 * their receipts. Written again, it is the same file under the same key.
 */
export class PeriodArchive {
  readonly #service: Service;
  readonly #objects: ObjectStore;

  constructor(service: Service, objects: ObjectStore) {
    this.#service = service;
    this.#objects = objects;
  }

  async keep(
    group: GroupState,
    members: readonly MemberState[],
    { firstDay, fromSeq, toSeq }: RetentionPeriod,
  ): Promise<void> {
    const messages: Uint8Array[] = [];
    const receipts: Uint8Array[] = [];
    // What nobody else may know of a member's reading is not kept beyond its time either.
    const seen = group.tracking === 'positions' ? [] : members.map(withoutPrivateReads);
    for await (const chunk of readChunks(this.#service, group.groupId, seen, fromSeq, toSeq)) {
      messages.push(...compress(chunk.messages.map((each) => ({ type: 'message', ...each }))));
      receipts.push(...compress(receiptsOf(seen, timedOf(group, chunk))));
    }
    if (messages.length === 0) return;
    const key = `${toObjectName(group.groupId)}/${nameOfDay(firstDay)}.jsonl.gz`;
    // Gzip files one after the other are a gzip file.
    await this.#objects.put(key, Buffer.concat([...messages, ...receipts]));
  }
}

/** A group id as part of an object's name: S3 takes `.` and `..` for steps, and warns of `|` and `~`. */
const toObjectName = (groupId: string): string =>
  groupId.replace(
    /[^A-Za-z0-9_-]/g,
    (character) => `!${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** What was read in a private time is kept without it. */
const timedOf = ({ privateTimes }: GroupState, chunk: Chunk): Chunk => ({
  ...chunk,
  receiptEvents: chunk.receiptEvents.filter(({ at }) => !isPrivateTime(privateTimes, at)),
});

const compress = (lines: readonly object[]): Uint8Array[] =>
  lines.length === 0 ? [] : [gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))];

function receiptsOf(members: readonly MemberState[], { messages, receiptEvents }: Chunk): object[] {
  const bySender = Map.groupBy(messages, ({ senderId }) => senderId);
  const seqsOf = (some: Chunk['messages']) => setOfSeqs(some.map(({ seq }) => seq));
  const sent = {
    seqs: seqsOf(messages),
    own: (userId: string) => seqsOf(bySender.get(userId) ?? []),
  };
  return Array.from(knownReceipts(members, receiptEvents, sent), (receipt) => ({
    type: 'receipt',
    ...receipt,
  }));
}
