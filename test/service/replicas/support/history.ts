import {
  difference,
  emptySet,
  setOfRange,
  setOfSeqs,
  union,
} from '@seenby/core/ranges/range-set.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import type { RegionName, TwoRegions } from './two-regions.ts';

interface Mark {
  userId: string;
  groupId: string;
  readSeq: number;
  at: number;
}

/** What users were told is done, and whether it is so in the end. */
export class History {
  sent: { message: Message; at: number }[] = [];
  marks: Mark[] = [];
  /** Sends that were answered with somebody else's message. */
  confirmedOthers = 0;

  /** Nobody is held to what was acknowledged from a time on. */
  forget(from = 0): void {
    this.sent = this.sent.filter(({ at }) => at < from);
    this.marks = this.marks.filter(({ at }) => at < from);
  }

  /** What is wrong in a region, by kind. */
  async check(
    world: TwoRegions,
    region: RegionName,
    groupIds: readonly string[],
  ): Promise<Set<string>> {
    const found = new Set<string>();
    if (this.confirmedOthers > 0) found.add("a send was answered with another one's message");
    const { service } = world.services[region];
    for (const groupId of groupIds) {
      const stored = await service.messages.range(groupId, 1, 1000);
      const sent = this.sent.filter(({ message }) => message.groupId === groupId);
      checkMessages(found, stored.map(messageOf), sent.map(messageOf));
      const lost = setOfSeqs(
        stored.filter(({ tombstone }) => tombstone).map(({ message }) => message.seq),
      );
      const members = await service.members.ofGroup(groupId, 'strong');
      const owners = members.filter(({ role, left }) => role === 'owner' && !left);
      if (owners.length !== 1) found.add(`${owners.length} owners`);
      for (const { userId, readSeq } of this.marks.filter((m) => m.groupId === groupId)) {
        const read = members.find((member) => member.userId === userId)?.read ?? emptySet;
        // A position passes seqs that were lost.
        const missing = difference(setOfRange(1, readSeq), union(read, lost));
        if (missing.length > 0) found.add('a confirmed read is lost');
      }
    }
    return found;
  }
}

const messageOf = ({ message }: { message: Message }): Message => message;

function checkMessages(
  found: Set<string>,
  stored: readonly Message[],
  sent: readonly Message[],
): void {
  const bySeq = new Map(stored.map((message) => [message.seq, message]));
  const seqs = new Map<number, string>();
  for (const { seq, clientMessageId } of sent) {
    const other = seqs.get(seq);
    if (other !== undefined && other !== clientMessageId) found.add('one seq for two messages');
    seqs.set(seq, clientMessageId);
    if (bySeq.get(seq)?.clientMessageId !== clientMessageId) {
      found.add('a confirmed message is lost');
    }
  }
  const ids = stored.filter(({ lost }) => !lost).map((message) => message.clientMessageId);
  if (new Set(ids).size < ids.length) found.add('one message is stored twice');
}
