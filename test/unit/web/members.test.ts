import { describe, expect, it } from 'vitest';
import { inOrder, isUserId, matching } from '../../../demo/web/members/member-search.ts';
import { memberActions } from '../../../demo/web/members/permissions.ts';
import { isAbove } from '../../../packages/core/src/members/permissions.ts';
import { roles } from '../../../packages/protocol/src/enums.ts';
import { idSchema } from '../../../packages/protocol/src/ids/identifiers.ts';

const joinedAt = 0;

describe('[TR5] what is offered is what the service allows', () => {
  it('for every role and every other one', () => {
    const pairs = roles.flatMap((role) => roles.map((target) => ({ role, target })));
    expect(pairs.length).toBe(9);
    for (const { role, target } of pairs) {
      const offered = memberActions({ role, target, isOwn: false, isDirect: false });
      expect(offered.includes('remove')).toBe(isAbove(role, target));
      // A role is given to who stands below, and stands below as well.
      const mayGive = (given: 'admin' | 'member') =>
        isAbove(role, target) && isAbove(role, given) && target !== given;
      expect(offered.includes('makeAdmin')).toBe(mayGive('admin'));
      expect(offered.includes('makeMember')).toBe(mayGive('member'));
      expect(offered.includes('handOver')).toBe(role === 'owner' && target !== 'owner');
    }
  });

  it('anyone but the owner may leave, and nobody a direct chat', () => {
    const own = (role: (typeof roles)[number], isDirect: boolean) =>
      memberActions({ role, target: role, isOwn: true, isDirect });
    expect(roles.map((role) => own(role, false))).toEqual([[], ['leave'], ['leave']]);
    expect(roles.flatMap((role) => own(role, true))).toEqual([]);
    const other = { role: 'owner', target: 'member', isOwn: false, isDirect: true } as const;
    expect(memberActions(other)).toEqual([]);
  });
});

const mei = { userId: 'mei', name: 'Mei Lin', role: 'member', joinedAt } as const;
const jose = { userId: 'auth0|77', name: 'José Núñez', role: 'admin', joinedAt } as const;
const han = { userId: 'h1', name: '韩梅梅', role: 'owner', joinedAt } as const;
const nameless = { userId: 'constructor', role: 'member', joinedAt } as const;
const all = [mei, jose, han, nameless];

it.each([
  ['', all],
  ['mei', [mei]],
  ['LIN mei', [mei]],
  ['jose nunez', [jose]],
  ['auth0|', [jose]],
  ['梅', [han]],
  ['constr', [nameless]],
  ['.*', []],
])('a search for "%s" finds whose name or id has all of it', (typed, found) => {
  expect(matching(all, typed)).toEqual(found);
});

it('lists who leads the group first, then by name', () => {
  expect(inOrder([nameless, mei, jose, han], 'en')).toEqual([han, jose, nameless, mei]);
});

it.each(['bob', 'auth0|5f', '@li:matrix.org', '', 'a b', 'x'.repeat(129), '<b>', '李'])(
  'takes "%s" for an id as the protocol does',
  (text) => {
    expect(isUserId(text)).toBe(idSchema.safeParse(text).success);
  },
);
