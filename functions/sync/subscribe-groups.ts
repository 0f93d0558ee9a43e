import { groupVersion } from '@seenby/core/counts/counts.ts';
import { seesAllReceipts } from '@seenby/core/members/permissions.ts';
import { ownStateOf } from '@seenby/core/reading/own-state.ts';
import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import { isBig } from '../groups/is-big.ts';
import { visibleCounts } from '../receipts/count-receipts.ts';
import { versionBase } from '../receipts/counts-of-group.ts';
import { receiptsAreOff } from '../receipts/receipt-privacy.ts';
import { notFound } from '../runtime/refusals.ts';
import { checkedMemberships } from '../service/check-for-lost-seqs.ts';
import { floorOf, type Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import { type Connection, maxOpenGroups } from '../store/users/connections.ts';

type SubscriptionReply = ServerFrame<'subscription_confirmed' | 'subscription_error'>;

/** Opens groups on a connection: from now on it gets their counts. One reply per group. */
export async function subscribeGroups(
  service: Service,
  connection: Connection,
  groupIds: readonly string[],
  endsAt: number,
): Promise<SubscriptionReply[]> {
  const distinct = [...new Set(groupIds)];
  const { userId } = connection;
  const before = await checkedMemberships(service, userId, distinct, 'strong');
  const mine = distinct.filter((_, i) => before[i]);
  const open = new Set(await service.connections.subscribe(connection, mine, endsAt));
  return Promise.all(
    distinct.map((groupId, i) => {
      const isFull = before[i] && !open.has(groupId);
      return isFull ? { ...tooManyOpen, groupId } : reply(service, groupId, before[i]);
    }),
  );
}

const tooManyOpen = {
  type: 'subscription_error',
  code: 'TOO_MANY',
  message: `A connection has ${maxOpenGroups} groups open at most.`,
} as const;

async function reply(
  service: Service,
  groupId: string,
  membership: Membership | undefined,
): Promise<SubscriptionReply> {
  if (!membership) return { type: 'subscription_error', groupId, ...notFound().problem };
  const { group, member } = membership;
  return {
    type: 'subscription_confirmed',
    ...ownStateOf(member, group, floorOf(service, group)),
    version: await versionOf(service, membership),
  };
}

/** No version: whoever shows counts has to ask for them. */
const unknownVersion = 0;

/**
 * Where positions are private the version says nothing of them: it moves with messages only. That of who
 * does not see the counts of all messages tells nothing of the others. In a big group it takes reading a
 * megabyte, and when thousands come back at once, more than DynamoDB gives of one partition; who compares it
 * has missed something there in any case.
 */
async function versionOf(service: Service, membership: Membership): Promise<number> {
  const { group, member } = membership;
  if (group.tracking === 'positions') return group.lastSeq;
  if (isBig(group)) return unknownVersion;
  if (!seesAllReceipts(group, member.role)) return versionOfOwn(service, membership);
  if (group.kind === 'direct') return versionOfDirectChat(service, membership);
  const versions = await service.members.versionsIn(group.groupId);
  return groupVersion(versions, versionBase(service, group));
}

/** What one of the two reads in private, or sees since a setting was changed, moves no version. */
async function versionOfDirectChat(
  service: Service,
  { group, member }: Membership,
): Promise<number> {
  const members = await service.members.ofGroup(group.groupId, 'strong');
  const isPrivate = member.privateReads.length > 0 || (await receiptsAreOff(service, members));
  return isPrivate ? unknownVersion : groupVersion(members, versionBase(service, group));
}

async function versionOfOwn(service: Service, membership: Membership): Promise<number> {
  const { lastSeq } = membership.group;
  return (await visibleCounts(service, membership, lastSeq, lastSeq)).version;
}
