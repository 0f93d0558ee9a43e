import type { GroupStatus } from '@seenby/protocol/entities.ts';
import type { SeenbyClient } from '../../../../../packages/client/src/seenby-client.ts';
import { sentIn } from '../people/actions.ts';
import type { Tab } from '../people/tab.ts';

/** What a client shows, as far as another one of the same user has to show the same. */
export function overviewOf(client: SeenbyClient) {
  const groups = client.groups();
  return {
    total: client.totalUnread,
    groups: groups.map(({ groupId }) => groupId).sort(),
    ...Object.fromEntries(
      groups.map((status) => [`status of ${status.groupId}`, statusOf(status)]),
    ),
  };
}

export function groupViewOf(client: SeenbyClient, groupId: string) {
  const group = client.group(groupId);
  const sent = sentIn(group);
  return {
    'own state': [shownSeq(group.readSeq, group.status), group.countUnread()],
    status: statusOf(group.status),
    'first unread': group.firstUnread,
    messages: plain(sent),
    counts: Object.fromEntries(sent.map(({ seq }) => [seq, plain(group.getReceipt(seq))])),
    unsent: group.messages
      .filter(({ state }) => state === 'pending')
      .map(({ clientMessageId }) => clientMessageId),
  };
}

/** Members, positions and readers, as an app shows them beside a group that is there. */
export function listsOf({ page }: Tab, groupId: string): object {
  const lists = page?.live.get(groupId);
  return lists && page?.client.group(groupId).status ? lists.shown : {};
}

function statusOf(status: GroupStatus | undefined): unknown {
  if (!status) return undefined;
  // The version moves with writes that change nothing here, the seq with one that was lost. Reminders may be
  // some minutes behind: see check-reminders.ts.
  const { stateVersion: _moves, lastSeq: _taken, reminders: _later, ...shown } = status;
  return plain({ ...shown, readSeq: shownSeq(status.readSeq, status) });
}

/** After the last message only seqs may have been lost, of which nobody is told: a position passes them unseen. */
const shownSeq = (readSeq: number, status: GroupStatus | undefined): number =>
  Math.min(readSeq, status ? (status.lastMessage?.seq ?? 0) : readSeq);

/** What is undefined is not there. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));
