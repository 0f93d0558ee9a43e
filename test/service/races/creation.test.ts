import { beforeEach, describe, expect, it } from 'vitest';
import { createGroup, type NewGroup } from '../../../functions/groups/create-group.ts';
import { carryOut } from '../../support/service/carry-out.ts';
import { meanwhile } from '../../support/service/meanwhile.ts';
import { openService } from '../../support/service/open-service.ts';

const { service, documents, time } = await openService();

let groups = 0;
let groupId = '';

beforeEach(() => {
  groupId = `group-${++groups}`;
});

const create = (userId: string, memberIds: string[], more: Partial<NewGroup> = {}) =>
  createGroup(
    service,
    { userId },
    {
      ...{ groupId, name: userId, kind: 'group', tracking: 'receipts', visibility: 'members' },
      ...{ historyForNewMembers: 100, memberIds },
      ...more,
    },
  );

const taken = { problem: { code: 'CONFLICT' } };
const positions = { tracking: 'positions' } as const;

/** Whom a request tells that they are in, and as what. */
const told = (made: Awaited<ReturnType<typeof create>>) =>
  made.ok &&
  made.pushes.map((push) => push.to === 'joined' && [push.role, [...push.userIds].sort()]);

const people = (label: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${label}-${i}`);

async function expectMadeBy(owner: string, memberIds: readonly string[]): Promise<void> {
  const rows = await service.members.ofGroup(groupId, 'strong');
  const roles = new Map(rows.map(({ userId, role }) => [userId, role]));
  expect([...roles.keys()].sort()).toEqual([owner, ...memberIds].sort());
  expect([...roles].filter(([, role]) => role === 'owner')).toEqual([[owner, 'owner']]);
  expect(new Set(rows.map(({ ordinal }) => ordinal)).size).toBe(rows.length);
}

it.each(['ann', 'eve'])(
  'one of two requests at once makes a group, the other being of %s',
  async (second) => {
    for (let write = 0; ; write++) {
      groupId = `of-${second}-${write}`;
      const outcomes: boolean[] = [];
      const other = async () => {
        outcomes.push((await create(second, people('new', 4))).ok);
      };
      const { answer, came } = await meanwhile(documents, write, other, () =>
        create('ann', people('old', 4)),
      );
      if (!came) return;
      const [byOther] = outcomes;
      expect([write, answer.ok, byOther]).toEqual([write, !byOther, !answer.ok]);
      if (!answer.ok) expect(answer.problem.code).toBe('CONFLICT');
      await expectMadeBy(byOther ? second : 'ann', people(byOther ? 'new' : 'old', 4));
    }
  },
);

it('many requests at once: one makes the group', async () => {
  const answers = await Promise.all(people('x', 8).map((id) => create('ann', [id, `${id}y`])));
  const made = answers.filter(({ ok }) => ok);
  expect(made).toHaveLength(1);
  const winner = `x-${answers.findIndex(({ ok }) => ok)}`;
  await expectMadeBy('ann', [winner, `${winner}y`]);
});

it('an attempt that ended without a word is taken up by its owner after a minute, and by nobody else', async () => {
  await service.creations.reserve(
    {
      ...{ groupId, name: 'ann', kind: 'group', tracking: 'receipts', visibility: 'members' },
      ...{ historyForNewMembers: 100, createdAt: time.now, lastOrdinal: 3, lastSeq: 0 },
      membersChangedAt: time.now,
      places: 3,
      ...{
        checkedSeq: 0,
        recentAuthors: [],
        recalled: [],
        turns: 0,
        lost: [],
        remindedSeq: 0,
        periods: {},
        trackingSince: time.now,
        privateTimes: [],
      },
    },
    { ownerId: 'ann', name: 'first', at: time.now },
  );
  time.now += 59_999;
  expect(await create('ann', ['bob'])).toMatchObject({ problem: { code: 'CONFLICT' } });
  time.now += 1;
  expect(await create('eve', ['bob'])).toMatchObject({ problem: { code: 'CONFLICT' } });
  expect(await create('ann', ['bob'])).toMatchObject({ ok: true });
  await expectMadeBy('ann', ['bob']);
});

describe('[FA4] a creation that was written and told nobody', () => {
  it('is answered and told by the same request again, once', async () => {
    const first = await create('ann', ['bob', 'cat']);
    // The first request may be about to tell.
    expect(await create('ann', ['bob', 'cat'])).toMatchObject(taken);
    time.now += 3000;
    const again = await carryOut(create('ann', ['cat', 'bob']));
    expect(told(again)).toEqual(told(first));
    expect(again.ok && again.value).toEqual(first.ok && first.value);
    expect(await create('ann', ['bob', 'cat'])).toMatchObject(taken);
  });

  it.each([
    ['somebody else', () => create('bob', ['ann', 'cat'])],
    ['a request for other members', () => create('ann', ['bob'])],
    ['a request with another name', () => create('ann', ['bob', 'cat'], { name: 'Other' })],
    ['a request with other settings', () => create('ann', ['bob', 'cat'], positions)],
  ])('is told by no other request: %s', async (_who, request) => {
    await create('ann', ['bob', 'cat']);
    time.now += 3000;
    expect(await request()).toMatchObject(taken);
  });

  it('is over once it was told', async () => {
    await carryOut(create('ann', ['bob']));
    time.now += 3000;
    expect(await create('ann', ['bob'])).toMatchObject(taken);
    await expectMadeBy('ann', ['bob']);
  });
});
