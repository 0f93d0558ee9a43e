import { expect, it } from 'vitest';
import { deleteGroup } from '../../../functions/groups/delete-group.ts';
import { updateGroup } from '../../../functions/groups/update-group.ts';
import { addMembers } from '../../../functions/members/add-members.ts';
import { changeRole } from '../../../functions/members/change-role.ts';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { recallMessage } from '../../../functions/messages/recall-message.ts';
import { remindUnread } from '../../../functions/messages/remind-unread.ts';
import { messageKey } from '../../../functions/store/dynamodb/keys.ts';
import { carryOut } from '../../support/service/carry-out.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { copyGroup } from '../../support/service/copy-group.ts';
import { meanwhile } from '../../support/service/meanwhile.ts';
import { type OpenedService, openService } from '../../support/service/open-service.ts';

const opened: OpenedService = await openService();
const { service, documents } = opened;
const [ann, bob] = [{ userId: 'ann' }, { userId: 'bob' }];

type Act = (groupId: string) => Promise<{ ok: boolean; problem?: { code: string } }>;

/** What somebody does whose role allows it, as long as they have it. */
const acts: Record<string, Act> = {
  'ann hands over to bob': (groupId) =>
    changeRole(service, ann, { groupId, userId: 'bob', role: 'owner' }),
  'ann hands over to carol': (groupId) =>
    changeRole(service, ann, { groupId, userId: 'carol', role: 'owner' }),
  'ann makes bob a member': (groupId) =>
    changeRole(service, ann, { groupId, userId: 'bob', role: 'member' }),
  'ann removes bob': (groupId) => removeMember(service, ann, groupId, 'bob'),
  'ann deletes the group': (groupId) => carryOut(deleteGroup(service, ann, groupId)),
  'bob leaves': (groupId) => removeMember(service, bob, groupId, 'bob'),
  'bob removes carol': (groupId) => removeMember(service, bob, groupId, 'carol'),
  'bob renames the group': (groupId) => updateGroup(service, bob, groupId, { name: 'New' }),
  'bob adds dora': (groupId) =>
    addMembers(service, bob, { groupId, memberIds: ['dora'], role: 'member' }),
  'bob recalls a message of carol': (groupId) => recallMessage(service, bob, groupId, 1),
  'bob reminds of a message of carol': (groupId) => remindUnread(service, bob, groupId, { seq: 1 }),
};

/** What may come between, and whether it takes from bob what he needs for all but leaving. */
const others: Record<string, boolean> = {
  'ann hands over to bob': false,
  'ann hands over to carol': false,
  'ann makes bob a member': true,
  'ann removes bob': true,
  'ann deletes the group': true,
  'bob leaves': true,
};

/** ann owns the group, bob is an admin, and carol has written. */
const template = await Conversation.begin(opened, 'template', ['ann', 'carol']);
await addMembers(service, ann, { groupId: 'template', memberIds: ['bob'], role: 'admin' });
await template.say('carol');
const message = await opened.table.get(messageKey('template', 1));

let groups = 0;

async function begin(): Promise<string> {
  const groupId = `group-${++groups}`;
  await copyGroup(opened.table, 'template', [groupId]);
  await opened.table.putMany([{ ...message, ...messageKey(groupId, 1) }]);
  return groupId;
}

const presentIn = async (groupId: string) =>
  (await service.members.ofGroup(groupId, 'strong')).filter(({ left }) => !left);

async function expectOneOwner(groupId: string, what: string): Promise<void> {
  const present = await presentIn(groupId);
  const owners = present.filter(({ role }) => role === 'owner').map(({ userId }) => userId);
  const exists = (await service.groups.get(groupId)) !== undefined;
  expect([what, owners.length]).toEqual([what, exists ? 1 : 0]);
}

const pairs = Object.keys(acts).flatMap((first) =>
  Object.keys(others).map((other) => [first, other] as const),
);

it.each(pairs)('[TR5] %s, and before any of the writes for that %s', async (first, other) => {
  for (let write = 0; ; write++) {
    const groupId = await begin();
    const { answer, came } = await meanwhile(
      documents,
      write,
      async () => acts[other]?.(groupId),
      async () => acts[first]?.(groupId),
    );
    if (!came) return;
    const what = `${first}; before write ${write} ${other}: ${answer?.problem?.code ?? 'done'}`;
    await expectOneOwner(groupId, what);
    const isTaken = write === 0 && first.startsWith('bob') && others[other];
    if (!isTaken || (first === 'bob leaves' && other === 'ann makes bob a member')) continue;
    expect([what, answer?.ok]).toEqual([what, false]);
  }
});

it('a deletion that ends early is ended by the same request, and nobody is forgotten', async () => {
  for (let write = 0; ; write++) {
    const groupId = await begin();
    const dies = () => Promise.reject(new Error('the sandbox died'));
    const deleting = meanwhile(documents, write, dies, () =>
      carryOut(deleteGroup(service, ann, groupId)),
    );
    const first = await deleting.catch(() => undefined);
    const again = await carryOut(deleteGroup(service, ann, groupId));
    expect([write, again.ok]).toEqual([write, first === undefined]);
    const departed = await Promise.all(['ann', 'bob', 'carol'].map(departuresOf));
    expect(departed.filter((groupIds) => !groupIds.includes(groupId))).toEqual([]);
    expect(await service.members.ofGroup(groupId, 'strong')).toEqual([]);
    expect(await service.connections.subscribersOf(groupId)).toEqual([]);
    if (first) return;
  }
});

const departuresOf = (userId: string) => service.departures.of(userId);

it('[TR5] who began a deletion ends it, though the group was handed over in that very moment', async () => {
  const groupId = await begin();
  const handOver = () => changeRole(service, ann, { groupId, userId: 'bob', role: 'owner' });
  const [known, target] = await service.members.getMany(groupId, ['ann', 'bob']);
  const dies = async () => {
    if (known && target) {
      const writes = [
        { ...known, role: 'admin' as const },
        { ...target, role: 'owner' as const },
      ];
      await service.members.changeTogether(groupId, [known, target], () => ({ writes, result: 0 }));
    }
    throw new Error('the sandbox died');
  };
  await meanwhile(documents, 2, dies, () => carryOut(deleteGroup(service, ann, groupId))).catch(
    () => 0,
  );
  expect(await handOver()).toMatchObject({ problem: { code: 'NOT_FOUND' } });
  expect(await carryOut(deleteGroup(service, ann, groupId))).toMatchObject({ ok: true });
  expect(await service.members.ofGroup(groupId, 'strong')).toEqual([]);
});

it('[TR5] nobody but its owner ends a deletion', async () => {
  const groupId = await begin();
  const dies = () => Promise.reject(new Error('the sandbox died'));
  await meanwhile(documents, 2, dies, () => carryOut(deleteGroup(service, ann, groupId))).catch(
    () => undefined,
  );
  expect(await service.groups.get(groupId)).toBeUndefined();
  expect(await deleteGroup(service, bob, groupId)).toMatchObject({
    problem: { code: 'NOT_FOUND' },
  });
});

it.each(['ann', 'bob'])(
  '[TR5] %s neither leaves nor is removed from a direct chat',
  async (who) => {
    const groupId = `direct-${who}`;
    await Conversation.begin(opened, groupId, ['ann', 'bob'], { kind: 'direct' });
    const refused = { problem: { code: 'BAD_REQUEST' } };
    expect(await removeMember(service, ann, groupId, who)).toMatchObject(refused);
    expect(await removeMember(service, bob, groupId, who)).toMatchObject(refused);
    expect(await presentIn(groupId)).toHaveLength(2);
  },
);
