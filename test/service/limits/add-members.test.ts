import { beforeEach, describe, expect, it } from 'vitest';
import { createGroup, type NewGroup } from '../../../functions/groups/create-group.ts';
import { budgets } from '../../../functions/limits/budget.ts';
import { addMembers } from '../../../functions/members/add-members.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { PushHarness } from '../push/push-harness.ts';

const groupId = 'team';
const owner = { userId: 'owner' };
const people = (count: number, label = 'new') =>
  Array.from({ length: count }, (_, i) => `${label}-${String(i).padStart(4, '0')}`);

let harness: PushHarness;

beforeEach(async () => {
  harness = await PushHarness.open();
});

const add = (memberIds: readonly string[]) =>
  addMembers(harness.service, owner, { groupId, memberIds, role: 'member' });

/** Runs until so many rows have been put, and no further: as if the sandbox had died then. */
async function dieAfter(rows: number, run: () => Promise<unknown>): Promise<void> {
  const { middlewareStack } = harness.opened.documents;
  let left = rows;
  const dying = { name: 'dying', step: 'initialize' } as const;
  middlewareStack.add((next, { commandName }) => {
    return async (args) => {
      if (commandName === 'PutItemCommand' && left-- <= 0) throw new Error('the sandbox died');
      return next(args);
    };
  }, dying);
  await expect(run()).rejects.toThrow('died');
  middlewareStack.remove('dying');
}

async function expectEachOnce(userIds: readonly string[]): Promise<void> {
  const rows = await harness.service.members.ofGroup(groupId, 'strong');
  expect(rows.filter(({ left }) => !left).map(({ userId }) => userId)).toEqual([...userIds].sort());
  expect(new Set(rows.map(({ ordinal }) => ordinal)).size).toBe(rows.length);
}

describe('adding many', () => {
  it('[FA4] goes on where an attempt died, numbers nobody twice, and tells everybody', async () => {
    await harness.begin(groupId, ['owner', 'bob']);
    const joining = people(600);
    await dieAfter(300, () => add(joining));
    const [early = '', late = ''] = [joining[0], joining[599]];
    const connections = await Promise.all([early, late, 'bob'].map((id) => harness.connect(id)));
    await harness.deliver(add(joining));
    await expectEachOnce([...joining, 'owner', 'bob']);
    const [toEarly = [], toLate = [], toBob = []] = connections.map((connection) => [
      ...harness.framesTo(connection, 'member_changed').map(({ userId }) => userId),
      ...harness.framesTo(connection, 'group_changed').map(({ type }) => type),
    ]);
    expect(toEarly).toEqual([early, 'group_changed']);
    expect(toLate).toEqual([late, 'group_changed']);
    expect(toBob).toEqual(['group_changed']);
  });

  it('[PU1] tells members of each of a few, and of many by one frame', async () => {
    await harness.begin(groupId, ['owner', 'bob']);
    const bob = await harness.connect('bob');
    await harness.deliver(add(people(20, 'few')));
    expect(harness.framesTo(bob, 'member_changed')).toHaveLength(20);
    await harness.deliver(add(people(21, 'many')));
    expect(harness.framesTo(bob, 'member_changed')).toHaveLength(20);
    expect(harness.framesTo(bob, 'group_changed')).toMatchObject([{ groupId, name: 'Team' }]);
  });

  it('says nothing of those who have long been in', async () => {
    const talk = await harness.begin(groupId, ['owner', 'bob']);
    talk.wait(3_600_000);
    expect(await add(['bob'])).toMatchObject({ ok: true, value: { added: [] }, pushes: [] });
  });

  it('at the same time by two, of overlapping sets, gives each user one row and one number', async () => {
    await harness.begin(groupId, ['owner', 'bob']);
    const all = people(300);
    const added = await Promise.all([add(all.slice(0, 200)), add(all.slice(100))]);
    expect(added.every(({ ok }) => ok)).toBe(true);
    await expectEachOnce([...all, 'owner', 'bob']);
  });

  it('never has more than a few writes under way', async () => {
    await harness.begin(groupId, ['owner', 'bob']);
    const { documents } = harness.opened;
    let [under, most] = [0, 0];
    documents.middlewareStack.add((next) => async (args) => {
      most = Math.max(most, ++under);
      return next(args).finally(() => {
        under -= 1;
      });
    });
    expect((await add(people(300))).ok).toBe(true);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('[SE9] has a budget, counted in those who join', async () => {
    await Conversation.begin(harness.opened, groupId, ['owner', 'bob']);
    const { burst } = budgets.additions.rate;
    await harness.service.budgets.take('owner', budgets.additions, burst - 10);
    expect(await add(people(20))).toMatchObject({ problem: { code: 'RATE_LIMITED' } });
    expect(await add(['bob'])).toMatchObject({ ok: true });
  });
});

describe('making a group', () => {
  const input = (memberIds: string[]): NewGroup => ({
    ...{ groupId, name: 'Team', kind: 'group', tracking: 'receipts', visibility: 'members' },
    ...{ historyForNewMembers: 100, memberIds },
  });

  it('goes on where an attempt died, also with others than were asked for then', async () => {
    await dieAfter(100, () => createGroup(harness.service, owner, input(people(150, 'old'))));
    const made = await createGroup(harness.service, owner, input(people(50, 'new')));
    expect(made).toMatchObject({ ok: true, value: { memberCount: 51 } });
    await expectEachOnce([...people(50, 'new'), 'owner']);
  });

  it('[SE9] has a budget, counted in those who are put in', async () => {
    const { burst } = budgets.additions.rate;
    await harness.service.budgets.take('owner', budgets.additions, burst - 10);
    const refused = await createGroup(harness.service, owner, input(people(20)));
    expect(refused).toMatchObject({ problem: { code: 'RATE_LIMITED' } });
  });
});
