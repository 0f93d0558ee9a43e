import { expect, it } from 'vitest';
import { deleteGroup } from '../../../functions/groups/delete-group.ts';
import { updateGroup } from '../../../functions/groups/update-group.ts';
import { addMembers } from '../../../functions/members/add-members.ts';
import { changeRole } from '../../../functions/members/change-role.ts';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { recallMessage } from '../../../functions/messages/recall-message.ts';
import { remindUnread } from '../../../functions/messages/remind-unread.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { markPlayed } from '../../../functions/receipts/mark-played.ts';
import { markUnread } from '../../../functions/receipts/mark-unread.ts';
import { subscribeGroups } from '../../../functions/sync/subscribe-groups.ts';
import { carryOut } from '../../support/service/carry-out.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { meanwhile } from '../../support/service/meanwhile.ts';
import { openService } from '../../support/service/open-service.ts';

const opened = await openService();
const { service, documents } = opened;
const [owner, ann] = [{ userId: 'owner' }, { userId: 'ann' }];
const phone = { userId: 'ann', connectionId: 'phone' };

/** Everything that writes in a group. */
const acts: Record<string, (groupId: string) => Promise<unknown>> = {
  send: (groupId) =>
    sendMessage(service, ann, {
      ...{ groupId, clientMessageId: 'm', content: 'Hi', messageType: 'text' },
      mentions: ['bob'],
    }),
  'mark as read': (groupId) => markOneGroup(service, ann, 'read', { groupId, upTo: 1 }),
  'mark as delivered': (groupId) => markOneGroup(service, ann, 'delivered', { groupId, upTo: 1 }),
  'mark as played': (groupId) => markPlayed(service, ann, `${groupId}.1`),
  'mark as unread': (groupId) => markUnread(service, ann, groupId, 1),
  recall: (groupId) => recallMessage(service, owner, groupId, 1),
  remind: (groupId) => remindUnread(service, owner, groupId, { seq: 1 }),
  rename: (groupId) => updateGroup(service, owner, groupId, { name: 'New' }),
  add: (groupId) => addMembers(service, owner, { groupId, memberIds: ['eve'], role: 'member' }),
  promote: (groupId) => changeRole(service, owner, { groupId, userId: 'ann', role: 'admin' }),
  leave: (groupId) => removeMember(service, ann, groupId, 'ann'),
  delete: (groupId) => carryOut(deleteGroup(service, owner, groupId)),
  subscribe: (groupId) => subscribeGroups(service, phone, [groupId], Number.MAX_SAFE_INTEGER),
};

let groups = 0;

async function begin(): Promise<string> {
  const groupId = `group-${++groups}`;
  await Conversation.begin(opened, groupId, ['owner', 'ann', 'bob']);
  await sendMessage(service, owner, {
    ...{ groupId, clientMessageId: 'voice', content: 'Hi', messageType: 'voice' },
  });
  return groupId;
}

it.each(Object.keys(acts))(
  '[SE2] %s in a group that is deleted meanwhile: done or NOT_FOUND, never a fault',
  async (act) => {
    for (let write = 0; ; write++) {
      const groupId = await begin();
      const { answer, came } = await meanwhile(
        documents,
        write,
        () => carryOut(deleteGroup(service, owner, groupId)),
        async () => acts[act]?.(groupId),
      );
      if (!came) return expect(write).toBeGreaterThan(0);
      const { ok = true, problem } = answer as { ok?: boolean; problem?: { code: string } };
      expect([write, ok ? 'done' : problem?.code]).toEqual([
        write,
        expect.stringMatching(/^(done|NOT_FOUND)$/),
      ]);
      expect(await service.members.ofGroup(groupId, 'strong')).toEqual([]);
      // It is over for everybody.
      const after = (await acts['mark as read']?.(groupId)) as { problem?: { code: string } };
      expect(after.problem?.code).toBe('NOT_FOUND');
    }
  },
);
