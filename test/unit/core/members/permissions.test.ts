import {
  decideTracking,
  isAbove,
  isAtLeast,
  maySeeReceipts,
  seesAllReceipts,
} from '@seenby/core/members/permissions.ts';
import { type Role, roles, type Visibility, visibilities } from '@seenby/protocol/enums.ts';
import { describe, expect, it } from 'vitest';

const ranked: Role[] = ['member', 'admin', 'owner'];

/** Who sees the receipts of somebody else's message in a group that has them. */
const onlookers: Record<Visibility, readonly Role[]> = {
  members: ['member', 'admin', 'owner'],
  sender: [],
  admins: ['admin', 'owner'],
};

const everyCase = visibilities.flatMap((visibility) =>
  roles.flatMap((role) => [true, false].map((isAuthor) => ({ visibility, role, isAuthor }))),
);

describe('roles', () => {
  it('[TR5] owner is above admin and admin above member', () => {
    for (const [i, role] of ranked.entries()) {
      for (const [j, other] of ranked.entries()) {
        expect(isAtLeast(role, other)).toBe(i >= j);
        expect(isAbove(role, other)).toBe(i > j);
      }
    }
  });
});

describe('who sees receipts', () => {
  it.each(everyCase)(
    '[TR1] nobody where only positions are kept: $visibility, $role, author $isAuthor',
    ({ visibility, role, isAuthor }) => {
      const group = { tracking: 'positions' as const, visibility };
      expect(maySeeReceipts(group, { role, isAuthor })).toBe(false);
      expect(seesAllReceipts(group, role)).toBe(false);
    },
  );

  it.each(everyCase)(
    '[TR3] by the group’s visibility: $visibility, $role, author $isAuthor',
    ({ visibility, role, isAuthor }) => {
      const group = { tracking: 'receipts' as const, visibility };
      const sees = onlookers[visibility].includes(role);
      expect(maySeeReceipts(group, { role, isAuthor })).toBe(isAuthor || sees);
      expect(seesAllReceipts(group, role)).toBe(sees);
    },
  );
});

describe('tracking', () => {
  it.each([
    ['auto', 1, 'receipts'],
    ['auto', 200, 'receipts'],
    ['auto', 201, 'positions'],
    ['auto', 5001, 'positions'],
    ['receipts', 5001, 'receipts'],
    ['positions', 2, 'positions'],
  ] as const)('[TR2] %s with %i members is %s', (asked, memberCount, decided) => {
    expect(decideTracking(asked, memberCount)).toBe(decided);
  });
});
