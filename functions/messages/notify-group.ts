import type { HttpInput } from '@seenby/protocol/http-requests.ts';
import { doneWithPushes, type Push, type ResultWithPushes } from '../push/recipients/push.ts';
import { notFound } from '../runtime/refusals.ts';
import type { Service } from '../service/service.ts';

type Notification = HttpInput<'POST /groups/{groupId}/notifications'>;

/** Tells the members who are connected something that is no message, or some of them; it is kept nowhere. */
export async function notifyGroup(
  service: Service,
  { groupId, text, userIds }: Notification,
): Promise<ResultWithPushes<{ groupId: string }>> {
  if (!(await service.groups.get(groupId))) return notFound();
  const frame = { type: 'system_notification', groupId, text } as const;
  const push: Push = userIds
    ? { to: 'users', userIds: await presentAmong(service, groupId, userIds), frame }
    : { to: 'members', groupId, frame };
  return doneWithPushes({ groupId }, [push]);
}

async function presentAmong(
  { members }: Service,
  groupId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const distinct = [...new Set(userIds)];
  const rows = await members.getMany(groupId, distinct);
  return distinct.filter((_, i) => rows[i]?.left === false);
}
