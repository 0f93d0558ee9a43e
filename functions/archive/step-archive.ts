import { gzipSync } from 'node:zlib';
import { asOthersSee } from '../../core/concealment.ts';
import { nameOfDay } from '../../core/day.ts';
import type { GroupState } from '../../core/group.ts';
import { knownReceipts } from '../../core/known-receipts.ts';
import type { MemberState } from '../../core/member.ts';
import { setOfSeqs } from '../../core/range-set.ts';
import type { StepOfMessages } from '../../core/retention.ts';
import type { Service } from '../service.ts';
import { type Chunk, readChunks } from '../use-cases/tally-reading.ts';

/** Where objects are kept. Putting the same key again MUST replace it. */
export interface ObjectStore {
  put(key: string, body: Uint8Array): Promise<void>;
}

/**
 * Keeps what retention takes away: per group and step a gzip file of JSON lines, the messages, then
 * their receipts. Written again, it is the same file under the same key.
 */
export class StepArchive {
  readonly #service: Service;
  readonly #objects: ObjectStore;

  constructor(service: Service, objects: ObjectStore) {
    this.#service = service;
    this.#objects = objects;
  }

  async keep(
    group: GroupState,
    members: readonly MemberState[],
    { step, fromSeq, toSeq }: StepOfMessages,
  ): Promise<void> {
    const messages: Uint8Array[] = [];
    const receipts: Uint8Array[] = [];
    // What nobody else may know of a member's reading is not kept beyond its time either.
    const seen = group.tracking === 'positions' ? [] : members.map(asOthersSee);
    for await (const chunk of readChunks(this.#service, group.groupId, seen, fromSeq, toSeq)) {
      messages.push(...compress(chunk.messages.map((each) => ({ type: 'message', ...each }))));
      receipts.push(...compress(receiptsOf(seen, chunk)));
    }
    if (messages.length === 0) return;
    const key = `${group.groupId}/${nameOfDay(step)}.jsonl.gz`;
    // Gzip files one after the other are a gzip file.
    await this.#objects.put(key, Buffer.concat([...messages, ...receipts]));
  }
}

const compress = (lines: readonly object[]): Uint8Array[] =>
  lines.length === 0 ? [] : [gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))];

function receiptsOf(members: readonly MemberState[], { messages, moves }: Chunk): object[] {
  const bySender = Map.groupBy(messages, ({ senderId }) => senderId);
  const seqsOf = (some: Chunk['messages']) => setOfSeqs(some.map(({ seq }) => seq));
  const sent = {
    seqs: seqsOf(messages),
    own: (userId: string) => seqsOf(bySender.get(userId) ?? []),
  };
  return Array.from(knownReceipts(members, moves, sent), (receipt) => ({
    type: 'receipt',
    ...receipt,
  }));
}
