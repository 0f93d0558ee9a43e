/** A fault that people make, put into the code by replacing one text in one file. */
export interface PlantedBug {
  name: string;
  file: string;
  find: string;
  replace: string;
  /** Test files, or folders of them, that are to notice it. */
  tests: readonly string[];
}

const mark = 'functions/receipts/mark-group.ts';
const races = 'test/service/races';
const push = 'test/service/push';

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'a member row is written whatever others have made of it',
    file: 'functions/store/change-members.ts',
    find: "ConditionExpression: 'revision = :decidedOn'",
    replace: "ConditionExpression: 'attribute_exists(pk) OR revision = :decidedOn'",
    tests: ['test/service/concurrency.test.ts'],
  },
  {
    name: 'a receipt that comes twice is added twice',
    file: 'packages/client/src/receipts/receipt-tracker.ts',
    find: 'const added = difference(range, before);',
    replace: 'const added = range;',
    tests: ['test/unit/client/receipt-tracker.test.ts'],
  },
  {
    name: 'a mark is confirmed before it is written',
    file: 'functions/store/change-members.ts',
    find: 'const written = await changing.table.put({ Item, ...row.condition });',
    replace:
      'changing.table.put({ Item, ...row.condition }).catch(() => {}); return change.result; let written;',
    tests: ['test/service/concurrency.test.ts'],
  },
  {
    name: 'a stream batch is done before its counts are pushed',
    file: 'functions/fan-out/fan-out-groups.ts',
    find: '((await fanOutGroup(fanOut, groupId, group)) ? [] : group)',
    replace: '(void fanOutGroup(fanOut, groupId, group), [])',
    tests: [`${push}/fan-out-groups.test.ts`],
  },
  {
    name: 'a connection that is gone is not forgotten',
    file: 'functions/push/transport/connection-sender.ts',
    find: "if (delivery === 'gone') await this.#forgetGone(connection, groupId);",
    replace: "if (delivery === 'gone') return;",
    tests: [`${push}/connection-sender.test.ts`],
  },
  {
    name: 'a failed record is reported by the wrong name',
    file: 'functions/stream/handle-batch.ts',
    find: 'unhandled.map(({ sequenceNumber }) => sequenceNumber)',
    replace: 'unhandled.map(({ groupId }) => groupId)',
    tests: ['test/unit/functions/handle-batch.test.ts'],
  },
  {
    name: 'a client takes counts of a lower version',
    file: 'packages/client/src/receipts/versioned-counts.ts',
    find: 'known.filter(({ version }) => version > range.version)',
    replace: 'known.slice(0, 0)',
    tests: ['test/unit/client/versioned-counts.test.ts'],
  },
  {
    name: 'a client takes a state of its user that is older than the one it has',
    file: 'packages/client/src/read-state/own-state.ts',
    find: 'if (!isNewest && stateVersion < this.#said.stateVersion) return;',
    replace: '',
    tests: ['test/unit/client/own-state.test.ts'],
  },
  {
    name: 'counts are pushed to somebody who has left the group',
    file: 'functions/fan-out/count-views.ts',
    find: 'if (!member || member.left) continue;',
    replace: 'if (!member) continue;',
    tests: [`${push}/push-counts.test.ts`],
  },
  {
    name: 'a position beyond the last message is taken',
    file: 'functions/receipts/mark-messages.ts',
    find: 'if (highest > group.lastSeq) return beyondLast(group.lastSeq);',
    replace: '',
    tests: ['test/service/model'],
  },
  {
    name: 'a sync tells of new groups only',
    file: 'functions/sync/sync-delta.ts',
    find: 'const isChanged = before !== state;',
    replace: 'const isChanged = before === undefined;',
    tests: ['test/service/sync.test.ts'],
  },
  {
    name: 'who sends a message has not read it',
    file: 'packages/core/src/reading/marking.ts',
    find: 'read: union(member.read, own),',
    replace: 'read: member.read,',
    tests: ['test/service/model'],
  },
  {
    name: 'who has left still counts as a reader to come',
    file: 'packages/core/src/counts/audience.ts',
    find: 'member.left ? member.read : union(setOfRange(member.from, lastSeq), member.read);',
    replace: 'union(setOfRange(member.from, lastSeq), member.read);',
    tests: ['test/unit/core/counts', 'test/service/model'],
  },
  {
    name: 'a role is checked before the write and not by it',
    file: 'functions/store/authority.ts',
    find: 'attribute_exists(userId) AND #role IN',
    replace: 'attribute_exists(userId) OR #role IN',
    tests: [`${races}/roles.test.ts`],
  },
  {
    name: 'only the attempt that wrote pushes',
    file: mark,
    find: 'const told = written && isMarkedAt(member, at) ? written : undefined;',
    replace: 'const told = undefined as NewReceipt | undefined;',
    tests: [`${races}/told-again.test.ts`],
  },
  {
    name: 'a sync does not tell what was recalled',
    file: 'functions/sync/sync-changes.ts',
    find: '{ ...listed, ...recalledOf(service, membership) }',
    replace: '{ ...listed }',
    tests: ['test/service/sync.test.ts'],
  },
  {
    name: 'a row forgets a message above the retention floor',
    file: 'packages/core/src/members/fold-member.ts',
    find: 'read: union(member.read, setOfRange(1, floor)),',
    replace: 'read: union(member.read, setOfRange(1, floor + 1)),',
    tests: ['test/unit/core/members'],
  },
  {
    name: 'counts that are to be pushed later are never pushed',
    file: 'functions/fan-out/fan-out-changes.ts',
    find: 'if (!same) await queue({ groupId, dueAt }, delaySeconds * 1000);',
    replace: '',
    tests: [`${push}/due-pushes.test.ts`],
  },
  {
    name: 'connections are closed when the quota of API Gateway is used up',
    file: 'functions/push/transport/connection-sender.ts',
    find: 'if (this.#limiter.isThrottled) return [...unreached];',
    replace: '',
    tests: [push],
  },
  {
    name: 'a mark in a group with positions writes the display name',
    file: mark,
    find: "name === undefined || tracking === 'positions' || isPrivate ? {} : { name }",
    replace: 'name === undefined ? {} : { name }',
    tests: ['test/service/privacy/positions.test.ts'],
  },
];
