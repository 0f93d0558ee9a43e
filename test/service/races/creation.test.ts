import { beforeEach, expect, it } from 'vitest';
import { createGroup } from '../../../functions/groups/create-group.ts';
import { meanwhile } from '../../support/service/meanwhile.ts';
import { openService } from '../../support/service/open-service.ts';

const { service, documents, time } = await openService();

let groups = 0;
let groupId = '';

beforeEach(() => {
  groupId = `group-${++groups}`;
});

const create = (userId: string, memberIds: string[]) =>
  createGroup(
    service,
    { userId },
    {
      ...{ groupId, name: userId, kind: 'group', tracking: 'receipts', visibility: 'members' },
      ...{ historyForNewMembers: 100, memberIds },
    },
  );

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
  await service.groups.reserve(
    {
      ...{ groupId, name: 'ann', kind: 'group', tracking: 'receipts', visibility: 'members' },
      ...{ historyForNewMembers: 100, createdAt: time.now, lastOrdinal: 3, lastSeq: 0 },
      ...{
        checkedSeq: 0,
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
