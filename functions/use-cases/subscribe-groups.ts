import { unreadOf } from '../../core/unread.ts';
import type { ServerFrame } from '../../protocol/server-frames.ts';
import { notFound } from '../outcome.ts';
import { floorOf, type Service } from '../service.ts';
import type { Connection } from '../store/connections.ts';
import type { Membership } from '../store/members.ts';
import { isBig } from './is-big.ts';

type SubscriptionReply = ServerFrame<'subscription_confirmed' | 'subscription_error'>;

/** Opens groups on a connection: from now on it hears of their counts. One reply per group. */
export async function subscribeGroups(
  service: Service,
  connection: Connection,
  groupIds: readonly string[],
  endsAt: number,
): Promise<SubscriptionReply[]> {
  const distinct = [...new Set(groupIds)];
  const { userId } = connection;
  const before = await service.members.memberships(distinct, userId, 'strong');
  const open = distinct.filter((_, i) => before[i]);
  if (open.length > 0) await service.connections.subscribe(connection, open, endsAt);
  return Promise.all(distinct.map((groupId, i) => reply(service, groupId, before[i])));
}

async function reply(
  service: Service,
  groupId: string,
  membership: Membership | undefined,
): Promise<SubscriptionReply> {
  if (!membership) return { type: 'subscription_error', groupId, ...notFound().problem };
  const { group, member } = membership;
  const { readSeq, unreadCount } = unreadOf(member, group, floorOf(service, group));
  return {
    type: 'subscription_confirmed',
    groupId,
    lastSeq: group.lastSeq,
    readSeq,
    unreadCount,
    version: await versionOf(service, membership),
  };
}

/** No version: whoever shows counts has to ask for them. */
const unknownVersion = 0;

/**
 * Where positions are private the version says nothing of them: it moves with messages only. In a
 * big group it takes reading a megabyte, and when thousands come back at once, more than DynamoDB
 * gives of one partition; who compares it has missed something there in any case.
 */
async function versionOf(service: Service, { group }: Membership): Promise<number> {
  if (group.tracking === 'positions') return group.lastSeq;
  if (isBig(group)) return unknownVersion;
  return service.members.versionOf(group.groupId);
}
