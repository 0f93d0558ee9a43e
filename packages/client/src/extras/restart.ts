import { setOfRange } from '@seenby/core/ranges/range-set.ts';
import type { GroupStatus } from '@seenby/protocol/entities.ts';
import { PendingStore } from '../pending/pending-store.ts';
import type { SendingSession } from '../pending/sending-session.ts';
import type { MessageTimeline } from '../timeline/message-timeline.ts';
import { SeenbyError } from '../transport/seenby-error.ts';

interface ResumedGroups {
  get(groupId: string): unknown;
  resume(): void;
}

interface RestartedGroup {
  readonly groupId: string;
  readonly isOpen: boolean;
  readonly status: GroupStatus | undefined;
  readonly standing: { forget(): void; leave(): void };
  readonly parts: { readonly timeline: MessageTimeline };
}

/** They name messages by their seq, which is another message from now on. */
const receipts = { read: setOfRange(1, Infinity), delivered: setOfRange(1, Infinity) };
/** Of an open group so many of the newest messages come again. */
const reloaded = 100;

/**
 * The service goes on from an earlier time, or another place, with versions and seqs of its own: nothing that is
 * known holds. What a transport that was replaced still brings is not wanted.
 */
export function restart(
  session: SendingSession,
  { retiring }: { retiring: { readonly keys: readonly { end(error: SeenbyError): void }[] } },
  groups: { all(): readonly RestartedGroup[] },
  { groups: statuses, truncated }: { groups: readonly GroupStatus[]; truncated?: boolean },
): void {
  for (const each of retiring.keys) each.end(new SeenbyError('OFFLINE', 'Closed'));
  const { pending } = session;
  for (const groupId of pending.groupIds) pending.settle(groupId, receipts);
  // What is left are messages: they go along.
  pending.key = undefined;
  const present = new Set(statuses.map(({ groupId }) => groupId));
  for (const { groupId, isOpen, status, standing, parts } of groups.all()) {
    if (status && !truncated && !present.has(groupId)) standing.leave();
    else standing.forget();
    if (isOpen) parts.timeline.reloaded = reloaded;
    session.emit('restored', { groupId });
  }
}

/** Messages that pages left unsent before the service was restored are sent now; receipts hold no more. */
export function takeUpFromBefore({ pending, userId }: SendingSession, groups: ResumedGroups): void {
  const { key, storage } = pending;
  if (!key || !storage) return;
  // The service and the user; behind them is the state of the service.
  const name = key.split(' ', 3).join(' ');
  try {
    const last = storage.getItem(`${name} is`) ?? name;
    if (last === key) return;
    storage.setItem(`${name} is`, key);
    takeUp(new PendingStore(storage), last);
  } catch {
    // A full or forbidden storage: there is nothing to be found.
  }

  function takeUp(old: PendingStore, last: string): void {
    old.open(last, userId);
    for (const groupId of old.groupIds) {
      pending.add(groupId, { messages: old.of(groupId).messages });
      groups.get(groupId);
    }
    storage?.removeItem(last);
    storage?.removeItem(`${last} played`);
    groups.resume();
  }
}
