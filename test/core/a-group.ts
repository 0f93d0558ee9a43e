import type { GroupState } from '../../core/group.ts';

/** A small group with receipts, with whatever matters to the test. */
export const aGroup = (with_: Partial<GroupState> = {}): GroupState => ({
  groupId: 'team',
  name: 'Team',
  kind: 'group',
  tracking: 'receipts',
  visibility: 'members',
  historyForNewMembers: 100,
  createdAt: 0,
  lastOrdinal: 0,
  lastSeq: 0,
  recalled: [],
  steps: {},
  ...with_,
});
