import type { GroupState } from '@seenby/core/group.ts';
import { has } from '@seenby/core/ranges/range-set.ts';
import pMap from 'p-map';
import type { Consistency, Membership } from '../store/members.ts';
import { fillLostSeqs, lostAfterMs } from './fill-lost-seqs.ts';
import { floorOf, type Service } from './service.ts';

/** What one call may cost more: some sixty read units, if all of it is due. */
const maxGroups = 20;
const maxSeqs = 2000;

/**
 * The groups of a user as they stand for them, without the trace of a message that a crash kept from
 * being stored: it would be unread for everybody, and shown as the newest, for as long as nobody
 * paged the history there. Each stretch of messages is checked once, by whoever asks first after it.
 */
export async function checkedMemberships(
  service: Service,
  userId: string,
  groupIds: readonly string[],
  consistency: Consistency,
): Promise<(Membership | undefined)[]> {
  const memberships = await service.members.memberships(groupIds, userId, consistency);
  const groups = memberships.flatMap((membership) => membership?.group ?? []);
  const changed = new Set(await mendedOf(service, groups));
  if (changed.size === 0) return memberships;
  const again = groupIds.filter((groupId) => changed.has(groupId));
  const mended = await service.members.memberships(again, userId, 'strong');
  return memberships.map((membership, i) => {
    const place = again.indexOf(groupIds[i] ?? '');
    return place < 0 ? membership : mended[place];
  });
}

/** Checks the groups that are due, those with the newest messages first; answers which had lost any. */
async function mendedOf(service: Service, groups: readonly GroupState[]): Promise<string[]> {
  const due = groups
    .filter((group) => isDue(group, service.clock()))
    .sort((one, other) => newestAt(other) - newestAt(one))
    .slice(0, maxGroups);
  const mended: string[] = [];
  let left = maxSeqs;
  await pMap(
    due.filter((group) => {
      left -= group.lastSeq - group.checkedSeq;
      return left >= 0 || group === due[0];
    }),
    async (group) => {
      if (await check(service, group)) mended.push(group.groupId);
    },
    { concurrency: maxGroups },
  );
  return mended;
}

/** Whatever is still without its message then will stay so: see `lostAfterMs`. */
const isDue = (group: GroupState, now: number): boolean =>
  group.lastSeq > group.checkedSeq && now - newestAt(group) > lostAfterMs;

const newestAt = ({ lastMessage }: GroupState): number => lastMessage?.createdAt ?? 0;

async function check(service: Service, group: GroupState): Promise<boolean> {
  const { groupId, lastSeq, checkedSeq } = group;
  const from = Math.max(checkedSeq, floorOf(service, group), lastSeq - maxSeqs) + 1;
  const stored = await service.messages.storedSeqs(groupId, from, lastSeq);
  const lost: number[] = [];
  for (let seq = from; seq <= lastSeq; seq++) {
    // Whoever wrote the tombstone may have died before the group's row told of it.
    const isKnown = stored.get(seq) === 'tombstone' && has(group.recalled, seq);
    if (stored.get(seq) !== 'message' && !isKnown) lost.push(seq);
  }
  if (lost.length > 0) await fillLostSeqs(service, groupId, lost, service.clock());
  await service.groups.noteChecked(group);
  return lost.length > 0;
}
