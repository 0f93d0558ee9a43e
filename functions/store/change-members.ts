import { isDeepStrictEqual } from 'node:util';
import type { MemberState } from '@seenby/core/members/member.ts';
import type { Timing } from '../runtime/timing.ts';
import { memberKey } from './dynamodb/keys.ts';
import type { Consistency, Item, Table } from './dynamodb/table.ts';
import type { WritePart } from './dynamodb/transact.ts';
import { fromMemberItem, toMemberItem } from './items/member-item.ts';

/** What to make of a row: a new state to write, or an outcome that needs no write. */
export type Change<T> = { write: MemberState; result: T } | { result: T };

/** The same of several rows: states to write all at once, or none. */
export interface ChangeOfMany<T> {
  writes?: readonly MemberState[];
  /** What else is written with them. */
  also?: readonly WritePart[];
  result: T;
}

export interface Changing extends Pick<Timing, 'random' | 'wait'> {
  table: Table;
}

const attempts = 60;

/**
 * Called once more for each write that was refused, although that may have been made: its answer may be
 * lost, and the SDK's repetition of it refused.
 */
export type Decide<T> = (member: MemberState) => Change<T>;

/**
 * Changes a row that others may be changing: a write is made only on the revision it was decided
 * on, and decided again on the row that was there instead. A row that is there no more, because its
 * group was deleted or its leaver forgotten, is decided on as that of a leaver.
 *
 * @param consistency how `known` was read. From a row that may be old only a write follows, whose
 *   condition it has to hold; that there is nothing to write is decided on the row as it is.
 */
export async function changeMember<T>(
  changing: Changing,
  groupId: string,
  known: MemberState,
  decide: Decide<T>,
  consistency: Consistency,
): Promise<T> {
  let row: Row = { member: known, condition: onRevision(known) };
  let change = decide(known);
  if (!('write' in change) && consistency === 'eventual') {
    row = rowOf(await changing.table.get(memberKey(groupId, known.userId)), known);
    change = decide(row.member);
  }
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (!('write' in change)) return change.result;
    const Item = toItem(groupId, change.write, row.member);
    const written = await changing.table.put({ Item, ...row.condition });
    // The answer may be lost, and the SDK puts again: then it is refused by its own row.
    if (written.outcome === 'written' || isDeepStrictEqual(written.current, Item)) {
      return change.result;
    }
    await pause(changing, attempt);
    row = rowOf(written.current, known);
    change = decide(row.member);
  }
  throw new Error(`a member row was changed by others ${attempts} times in a row`);
}

/**
 * Changes rows that only make sense together, as the roles of two members: all are written, and only
 * if every one still is as it was decided on.
 */
export async function changeMembersTogether<T>(
  changing: Changing,
  groupId: string,
  known: readonly MemberState[],
  decide: (members: readonly MemberState[]) => ChangeOfMany<T>,
): Promise<T> {
  let members = known;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { writes = [], also = [], result } = decide(members);
    if (writes.length === 0) return result;
    const parts = members.map((member) => partOf(groupId, member, writes));
    if ((await changing.table.transact([...parts, ...also])).outcome === 'written') return result;
    await pause(changing, attempt);
    const keys = members.map(({ userId }) => memberKey(groupId, userId));
    const items = await changing.table.getMany(keys, 'strong');
    members = members.map((member, i) =>
      items[i] ? fromMemberItem(items[i]) : { ...member, left: true },
    );
  }
  throw new Error(`member rows were changed by others ${attempts} times in a row`);
}

function partOf(groupId: string, known: MemberState, writes: readonly MemberState[]): WritePart {
  const write = writes.find(({ userId }) => userId === known.userId);
  if (write) return { Put: { Item: toItem(groupId, write, known), ...onRevision(known) } };
  return { ConditionCheck: { Key: memberKey(groupId, known.userId), ...onRevision(known) } };
}

/** A row as it stands once a change that was decided on is written. */
export const afterWrite = (decided: MemberState): MemberState => ({
  ...decided,
  revision: decided.revision + 1,
});

const toItem = (groupId: string, write: MemberState, before: MemberState) =>
  toMemberItem(groupId, afterWrite({ ...write, revision: before.revision }));

interface Condition {
  ConditionExpression: string;
  ExpressionAttributeValues?: Record<string, unknown>;
}

const onRevision = ({ revision }: MemberState): Condition => ({
  ConditionExpression: 'revision = :decidedOn',
  ExpressionAttributeValues: { ':decidedOn': revision },
});

const onAbsence: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

/** A row, and the condition that it still is as it is. */
interface Row {
  member: MemberState;
  condition: Condition;
}

function rowOf(item: Item | undefined, known: MemberState): Row {
  if (!item) return { member: { ...known, left: true }, condition: onAbsence };
  const member = fromMemberItem(item);
  return { member, condition: onRevision(member) };
}

const pause = ({ random, wait }: Changing, attempt: number): Promise<unknown> =>
  wait(random() * Math.min(10 * attempt, 100));
