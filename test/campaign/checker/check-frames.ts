import type { Received } from '../history/events.ts';
import type { History, Operation } from '../history/operations.ts';
import type { Finding } from './finding.ts';

/** A frame that was on its way when its receiver was removed is none that was sent to a stranger. */
const onItsWayMs = 5000;
/** A request of which nobody knows the end has its effect before this, or never: no function runs longer. */
const maxEffectMs = 30_000;

/** What somebody may be told who is in a group no more: that they lost it. */
const told = new Set(['group_removed']);

/** PU5: those who are watched got frames of a group only while they may have been in it. */
export function checkFrames(groupId: string, { operations, received }: History): Finding[] {
  const changes = Map.groupBy(
    operations.filter(({ act, outcome }) => 'memberId' in act && outcome !== 'fail'),
    ({ act }) => ('memberId' in act ? act.memberId : ''),
  );
  return received
    .filter((frame) => frame.groupId === groupId && !told.has(frame.type))
    .filter((frame) => !mayBeMember(changes.get(frame.userId) ?? [], frame))
    .map(({ userId, type, sentAt }) => ({
      ...{ groupId, what: 'frame to somebody who is no member' },
      detail: `${userId} got ${type}, sent at ${sentAt}`,
    }));
}

/**
 * Certainly outside is who was never added before, and whose removal was acknowledged with no attempt to add them
 * again since.
 */
function mayBeMember(changes: readonly Operation[], { sentAt }: Received): boolean {
  const addedAt = Math.max(
    ...changes
      .filter(({ act, invokedAt }) => act.kind === 'add' && invokedAt <= sentAt)
      .map(({ invokedAt, endedAt }) => Math.min(endedAt, invokedAt + maxEffectMs, sentAt)),
  );
  if (addedAt === -Infinity) return false;
  return !changes.some(
    ({ act, outcome, invokedAt, endedAt }) =>
      act.kind === 'remove' &&
      outcome === 'ok' &&
      invokedAt >= addedAt &&
      endedAt + onItsWayMs < sentAt,
  );
}
