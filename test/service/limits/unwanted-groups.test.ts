import { expect, it } from 'vitest';
import { frameRoutes } from '../../../functions/api/socket/frame-routes.ts';
import { createGroup } from '../../../functions/groups/create-group.ts';
import { budgets } from '../../../functions/limits/budget.ts';
import { addMembers } from '../../../functions/members/add-members.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { copyGroup } from '../../support/service/copy-group.ts';
import { openService } from '../../support/service/open-service.ts';

const opened = await openService();
const { service, table } = opened;
const eve = { userId: 'eve' };

/** Three bytes a letter in UTF-8: a frame holds some 150 groups of such a name. */
const name = '会议'.repeat(50);
const ids = (label: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${label}-${i}`);

async function hello(userId: string): Promise<string[]> {
  const context = {
    ...{ service, caller: { userId, connectionId: 'phone' } },
    ...{ tokenExpiresAt: Number.MAX_SAFE_INTEGER, endsAt: Number.MAX_SAFE_INTEGER },
  };
  const replies = await frameRoutes.hello(context, { type: 'hello' });
  if (!replies.ok) throw new Error(replies.problem.message);
  const [frame] = replies.value;
  return frame?.type === 'connection_established' ? frame.groups.map(({ groupId }) => groupId) : [];
}

it('[SE9] groups that one never opened leave all the others in hello, however new they are', async () => {
  const own = await Conversation.begin(opened, 'own', ['bob', 'ann'], { name });
  await own.say('bob');
  await own.read('ann', 1);
  const mine = ids('own', 99);
  await copyGroup(table, 'own', mine);
  own.wait(60_000);
  const unwanted = await Conversation.begin(opened, 'unwanted', ['eve', 'ann'], { name });
  await unwanted.say('eve');
  await copyGroup(table, 'unwanted', ids('unwanted', 560));
  const shown = await hello('ann');
  expect(shown.length).toBeGreaterThan(110);
  expect(shown.filter((groupId) => groupId.startsWith('own')).sort()).toEqual(
    ['own', ...mine].sort(),
  );
  // What is new comes first among those that are shown.
  expect(shown[0]).toMatch(/^unwanted/);
});

it('[SE9] one user puts another into so many groups at once, and then a few an hour', async () => {
  const { burst } = budgets.additionsOfOne.rate;
  await service.budgets.take('eve', budgets.additionsOfOne, burst - 2, 'victim');
  const put = (groupId: string, memberIds: string[]) =>
    createGroup(service, eve, {
      ...{ groupId, name: 'G', kind: 'group', tracking: 'receipts', visibility: 'members' },
      ...{ historyForNewMembers: 100, memberIds },
    });
  const add = (groupId: string, userId: string) =>
    addMembers(service, eve, { groupId, memberIds: [userId], role: 'member' });
  expect(await put('one', ['victim'])).toMatchObject({ ok: true });
  expect(await put('two', ['other'])).toMatchObject({ ok: true });
  expect(await add('two', 'victim')).toMatchObject({ ok: true });
  const over = { problem: { code: 'RATE_LIMITED', retryAfterMs: 3_600_000 / 20 } };
  expect(await put('three', ['other', 'victim'])).toMatchObject(over);
  expect(await service.members.groupIdsOf('victim')).not.toContain('three');
  expect(await put('four', ['other'])).toMatchObject({ ok: true });
  expect(await add('four', 'victim')).toMatchObject(over);
  opened.time.now += 3_600_000 / 20;
  expect(await add('four', 'victim')).toMatchObject({ ok: true });
});
