import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { difference } from '@seenby/core/ranges/range-set.ts';
import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import { expect } from 'vitest';
import type { Push } from '../../../../functions/push/recipients/push.ts';
import type { Before, Raced, RaceWorld } from './race-world.ts';

const messagesBefore = 3;

/**
 * Whatever is stored now and was not before has been pushed by somebody, whichever attempt wrote it. Who died
 * and is refused then, as one who was removed meanwhile, has nobody to tell it.
 *
 * @param again what was asked again, for it had no answer.
 */
export async function checkTold(
  world: RaceWorld,
  { group, members }: Before,
  newGroupId: string,
  again: readonly Raced[],
): Promise<void> {
  await checkCreation(world, newGroupId);
  if (again.some(({ answer }) => !answer?.ok)) return;
  const { groupId } = group;
  const pushes = world.pushed;
  // A mark that was written and not told is told by the counts alone: marking again pushes nothing.
  const hasDied = again.length > 0;
  const frames = pushes.flatMap((push) => ('frame' in push ? [push.frame] : []));
  const now = await world.service.groups.get(groupId);
  if (!now) {
    expect(framesOf(frames, 'group_removed').length).toBeGreaterThan(0);
    return;
  }
  await checkMessages(world, now, frames);
  checkSettings(group, now, frames);
  for (const after of await world.service.members.ofGroup(groupId, 'strong')) {
    const before = members.find(({ userId }) => userId === after.userId);
    checkMember(before, after, frames);
    if (!hasDied) checkReads(before, after, frames, pushes);
  }
}

const framesOf = <T extends ServerFrame['type']>(frames: readonly ServerFrame[], type: T) =>
  frames.filter((frame) => frame.type === type) as unknown as ServerFrame<T>[];

async function checkMessages(
  world: RaceWorld,
  { groupId, lastSeq }: GroupState,
  frames: readonly ServerFrame[],
): Promise<void> {
  const stored = await world.service.messages.range(groupId, 1, lastSeq);
  const told = new Set(framesOf(frames, 'new_message').map(({ message }) => message.seq));
  const recalls = new Set(framesOf(frames, 'message_recalled').map(({ seq }) => seq));
  for (const { message, tombstone } of stored) {
    if (tombstone) continue;
    const what = `message ${message.seq}`;
    if (message.seq > messagesBefore) expect([what, told.has(message.seq)]).toEqual([what, true]);
    if (message.recalled) expect([what, recalls.has(message.seq)]).toEqual([what, true]);
  }
}

/** Whoever is in a new group has learned of it. */
async function checkCreation(world: RaceWorld, newGroupId: string): Promise<void> {
  if (!(await world.service.groups.get(newGroupId))) return;
  const told = world.pushed.flatMap((push) =>
    push.to === 'joined' && push.groupId === newGroupId ? push.userIds : [],
  );
  expect(told).toEqual(expect.arrayContaining(await world.service.members.presentIn(newGroupId)));
}

function checkSettings(before: GroupState, now: GroupState, frames: readonly ServerFrame[]): void {
  const shown = ({ name, tracking, visibility }: GroupState) => ({ name, tracking, visibility });
  if (JSON.stringify(shown(before)) === JSON.stringify(shown(now))) return;
  expect(framesOf(frames, 'group_changed')).toContainEqual(expect.objectContaining(shown(now)));
}

function checkMember(
  before: MemberState | undefined,
  after: MemberState,
  frames: readonly ServerFrame[],
): void {
  const { userId, role, left } = after;
  const told = (change: 'joined' | 'left' | 'role') =>
    framesOf(frames, 'member_changed').filter(
      (frame) => frame.userId === userId && frame.change === change,
    );
  const wasIn = before !== undefined && !before.left;
  if (wasIn && left) expect([userId, told('left').length > 0]).toEqual([userId, true]);
  if (!wasIn && !left) expect([userId, told('joined').length > 0]).toEqual([userId, true]);
  if (wasIn && !left && before.role !== role) {
    expect(told('role')).toContainEqual(expect.objectContaining({ role }));
  }
}

function checkReads(
  before: MemberState | undefined,
  { userId, read, left }: MemberState,
  frames: readonly ServerFrame[],
  pushes: readonly Push[],
): void {
  if (!before || left) return;
  // Own messages are told as messages.
  const isRead = difference(read, before.read).some(({ from }) => from <= messagesBefore);
  if (!isRead) return;
  const positions = framesOf(frames, 'read_position');
  const isTold = pushes.some((push) => push.to === 'users' && push.userIds.includes(userId));
  expect([userId, positions.length > 0 && isTold]).toEqual([userId, true]);
}
