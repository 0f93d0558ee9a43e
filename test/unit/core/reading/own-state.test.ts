import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { comeBack, leave } from '@seenby/core/members/membership.ts';
import { union } from '@seenby/core/ranges/range-set.ts';
import { mark, markOwn, markUnread } from '@seenby/core/reading/marking.ts';
import { ownStateOf } from '@seenby/core/reading/own-state.ts';
import { turnsIn } from '@seenby/core/reading/state-version.ts';
import { deliveredPosition, readPosition } from '@seenby/core/reading/unread.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aGroup } from '../../../support/fixtures/a-group.ts';
import { aMember } from '../../../support/fixtures/a-member.ts';

type Step = {
  kind: 'say' | 'recall' | 'expire' | 'read' | 'unread' | 'deliver' | 'send' | 'return';
  seq: number;
};

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<Step['kind']>(
      ...(['say', 'say', 'say', 'recall', 'expire', 'read', 'unread', 'deliver', 'send'] as const),
      'return',
    ),
    seq: fc.nat(),
  }),
  { minLength: 1, maxLength: 40 },
);

interface Moment {
  group: GroupState;
  member: MemberState;
  floor: number;
}

const start: Moment = {
  group: aGroup(),
  member: aMember({ mentions: [{ from: 2, to: 5 }] }),
  floor: 0,
};

function after({ group, member, floor }: Moment, { kind, seq: drawn }: Step): Moment {
  const { lastSeq, recalled } = group;
  const seq = (drawn % Math.max(1, lastSeq)) + 1;
  const seqs = [{ from: seq, to: seq }];
  const write = (changed: MemberState) => ({ ...changed, revision: member.revision + 1 });
  if (kind === 'say') return { group: { ...group, lastSeq: lastSeq + 1 }, member, floor };
  if (lastSeq === 0) return { group, member, floor };
  if (kind === 'recall') {
    const without = { ...group, recalled: union(recalled, seqs), turns: group.turns + 1 };
    return { group: without, member, floor };
  }
  if (kind === 'return') {
    const again = { role: 'member' as const, from: seq, since: lastSeq + 1, joinedAt: 1 };
    return { group, member: write(comeBack(leave(member, lastSeq), again)), floor };
  }
  if (kind === 'expire') return { group, member, floor: Math.max(floor, seq) };
  if (kind === 'unread') return { group, member: write(markUnread(member, seq, [])), floor };
  if (kind === 'send') {
    const sent = { ...group, lastSeq: lastSeq + 1 };
    return { group: sent, member: write(markOwn(member, lastSeq + 1)), floor };
  }
  const marked = mark(member, kind === 'read' ? 'read' : 'delivered', seqs, 1, lastSeq);
  return { group, member: marked.outcome === 'advanced' ? write(marked.member) : member, floor };
}

const stateAt = ({ group, member, floor }: Moment) => ownStateOf(member, group, floor);

const history = (list: readonly Step[]): Moment[] => {
  const moments = [start];
  for (const step of list) moments.push(after(moments.at(-1) ?? start, step));
  return moments;
};

it('[RD10] the version rises with whatever a member is told of where they stand', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const states = history(list).map(stateAt);
      for (const [i, { stateVersion, ...state }] of states.entries()) {
        const before = states[i - 1];
        if (!before) continue;
        const { stateVersion: versionBefore, ...stateBefore } = before;
        expect(stateVersion).toBeGreaterThanOrEqual(versionBefore);
        if (stateVersion === versionBefore) expect(state).toEqual(stateBefore);
      }
    }),
    { seed: 11 },
  );
});

it('[RD10] one that is made of an older row never has a higher version', () => {
  fc.assert(
    fc.property(steps, fc.nat(), fc.nat(), (list, one, other) => {
      const moments = history(list);
      const late = moments[one % moments.length] ?? start;
      const now = moments.at(-1) ?? start;
      const early = moments[other % moments.length] ?? start;
      const versionNow = stateAt(now).stateVersion;
      expect(
        stateAt({ ...now, group: late.group, floor: late.floor }).stateVersion,
      ).toBeLessThanOrEqual(versionNow);
      expect(stateAt({ ...now, member: early.member }).stateVersion).toBeLessThanOrEqual(
        versionNow,
      );
    }),
    { seed: 11 },
  );
});

it('[RD10] a newer row of a member puts no position back, however much earlier the group was read', () => {
  const moving = new Set<Step['kind']>(['say', 'read', 'deliver', 'send']);
  fc.assert(
    fc.property(steps, (list) => {
      const moments = history(list.filter(({ kind }) => moving.has(kind)));
      const now = moments.at(-1) ?? start;
      const answers = moments.map(({ group }) => stateAt({ ...now, group }));
      for (const shown of moments.map(stateAt)) {
        const newer = answers.filter((answer) => answer.stateVersion >= shown.stateVersion);
        for (const { readSeq } of newer) expect(readSeq).toBeGreaterThanOrEqual(shown.readSeq);
      }
    }),
    { seed: 11 },
  );
});

it('[RD10] a mark is newer than what was known before it, whatever the group has gained meanwhile', () => {
  const member = aMember({ revision: 7 });
  const crossed = aGroup({ lastSeq: 500, recalled: [{ from: 3, to: 90 }] });
  const marked = ownStateOf({ ...member, revision: 8 }, aGroup({ lastSeq: 1 }), 0);
  expect(marked.stateVersion).toBeGreaterThan(ownStateOf(member, crossed, 0).stateVersion);
});

it('[RD10] the version rises when a recalled message expires that the badge was put back to', () => {
  const member = aMember({ read: [{ from: 1, to: 5 }], privateUnread: { fromSeq: 5, own: [] } });
  const group = aGroup({ lastSeq: 7, recalled: [{ from: 5, to: 5 }] });
  const [before, after] = [ownStateOf(member, group, 4), ownStateOf(member, group, 5)];
  expect([before.readSeq, after.readSeq]).toEqual([4, 5]);
  expect(after.stateVersion).toBeGreaterThan(before.stateVersion);
});

it('[MS4] the version tells a client that it missed a recall, a change of settings, or that its user came back', () => {
  const { group, member, floor } = history([{ kind: 'say', seq: 0 }]).at(-1) ?? start;
  const figure = (more: Partial<Moment>) => {
    const { stateVersion, lastSeq } = stateAt({ group, member, floor, ...more });
    return turnsIn(stateVersion, lastSeq);
  };
  const before = figure({});
  const said = { ...group, lastSeq: 5 };
  const read = mark(member, 'read', [{ from: 1, to: 1 }], 1, 1);
  expect(figure({ group: said })).toBe(before);
  expect(figure({ member: { ...member, ...('member' in read && read.member), revision: 9 } })).toBe(
    before,
  );
  expect(figure({ group: { ...group, turns: group.turns + 1 } })).toBeGreaterThan(before);
  expect(figure({ member: leave(member, 1) })).toBeGreaterThan(before);
  expect(figure({ floor: 1 })).toBeGreaterThan(before);
});

it('[RD10] what the row has of a group is there, although the group was read before', () => {
  const member = aMember({ read: [{ from: 1, to: 3 }], delivered: [{ from: 1, to: 4 }] });
  const [before, now] = [1, 4].map((lastSeq) => ownStateOf(member, aGroup({ lastSeq }), 0));
  expect(before).toMatchObject({ readSeq: 3, unreadCount: 1, lastSeq: 4 });
  expect(before).toEqual(now);
  const group = aGroup({ lastSeq: 1 });
  expect([readPosition(member, group, 0), deliveredPosition(member, group, 0)]).toEqual([3, 4]);
});
