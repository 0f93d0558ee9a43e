import type { GroupState } from '@seenby/core/group.ts';
import { fillLostSeqs } from '../service/fill-lost-seqs.ts';
import { floorOf, type Service } from '../service/service.ts';
import { firstSeqOfPartition, messagePartitionOf } from '../store/dynamodb/keys.ts';
import type { Renaming } from '../store/users/erasures.ts';

const attempts = 20;
/** Seqs that may be without their message in one moment. */
const maxUnderWay = 200;
const looks = 3;
const storingMs = 250;

/**
 * Puts the pseudonym wherever a group names the user: in the row that keeps what a leaver has read, in messages
 * of theirs and in those that mention them, in reminders and in the newest message of the group.
 *
 * @param from where an earlier request stopped.
 * @returns where to go on if time was over, and nothing once all is done.
 */
export async function renameTraces(
  service: Service,
  group: GroupState,
  renaming: Renaming,
  from: number,
  isOver: () => boolean,
): Promise<number | undefined> {
  const { groupId, lastSeq } = group;
  const { userId, pseudonym } = renaming;
  await service.members.renameLeaver(groupId, userId, pseudonym);
  await service.reminders.renameAuthor(groupId, renaming);
  await renameRecent(service, group, renaming);
  await settleNewest(service, group);
  let next = Math.max(from, floorOf(service, group) + 1);
  while (next <= lastSeq) {
    if (isOver()) return next;
    const end = firstSeqOfPartition(messagePartitionOf(next) + 1) - 1;
    await service.messages.renameUser(groupId, next, Math.min(end, lastSeq), renaming);
    await service.authorBlocks.renameUser(groupId, messagePartitionOf(next), renaming);
    next = end + 1;
  }
  return undefined;
}

/** Who sends in this moment moves the names of recent authors on by one: until none of them is the user. */
async function renameRecent(
  service: Service,
  group: GroupState,
  renaming: Renaming,
): Promise<void> {
  const isNamed = ({ recentAuthors, lastMessage }: GroupState) =>
    recentAuthors.includes(renaming.userId) || lastMessage?.senderId === renaming.userId;
  let current: GroupState | undefined = group;
  for (let attempt = 1; current && isNamed(current) && attempt <= attempts; attempt++) {
    await service.erasures.renameSenders(current, renaming);
    current = await service.groups.get(group.groupId);
  }
}

/**
 * What is being stored in this moment would come after its place was looked at: it is waited for, and then its
 * seq is lost. Somebody else takes another seq, and who has left gets none.
 */
async function settleNewest(service: Service, group: GroupState): Promise<void> {
  const { groupId, lastSeq } = group;
  const first = Math.max(floorOf(service, group), lastSeq - maxUnderWay) + 1;
  for (let look = 1; ; look++) {
    const stored = await service.messages.storedSeqs(groupId, first, lastSeq);
    const missing: number[] = [];
    for (let seq = first; seq <= lastSeq; seq++) if (!stored.has(seq)) missing.push(seq);
    if (missing.length === 0) return;
    if (look === looks) return fillLostSeqs(service, groupId, missing, service.clock());
    await service.wait(storingMs);
  }
}
