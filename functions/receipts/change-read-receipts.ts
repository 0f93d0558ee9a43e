import { doneWithPushes, type Push, type ResultWithPushes } from '../push/recipients/push.ts';
import type { Service } from '../service/service.ts';
import type { UserSettings } from '../store/users/user-settings.ts';

/**
 * Whether a user gives, and so sees, read receipts in direct chats. Both of each chat see other receipts
 * from then on, wherever they have it open.
 */
export async function changeReadReceipts(
  service: Service,
  userId: string,
  settings: UserSettings,
): Promise<ResultWithPushes<UserSettings>> {
  if (!(await service.settings.change(userId, settings))) return doneWithPushes(settings);
  const groupIds = await service.members.groupIdsOf(userId);
  const memberships = await service.members.memberships(groupIds, userId, 'eventual');
  const pushes = memberships.flatMap((membership): Push[] => {
    if (membership?.group.kind !== 'direct') return [];
    const { groupId } = membership.group;
    return [{ to: 'subscribers', groupId, frame: { type: 'receipts_changed', groupId } }];
  });
  return doneWithPushes(settings, pushes, () => service.settings.noteTold(userId, settings));
}
