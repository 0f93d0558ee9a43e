import { dayMs } from '@seenby/core/day.ts';
import type { Counts } from '@seenby/protocol/entities.ts';
import type { SyncedGroup } from '@seenby/protocol/http-answers.ts';
import { eachSeq } from '../../../support/each-seq.ts';
import type {
  ReferenceChat,
  ReferenceGroup,
  ReferenceMember,
} from '../../../support/reference/reference-chat.ts';
import {
  countsOf,
  groupsOf,
  seesReceiptsOf,
  statusOf,
  visibleTo,
} from '../../../support/reference/reference-views.ts';
import { expectSame } from './checks/expect-same.ts';
import type { ServedChat } from './served-chat.ts';

/** What a client had at some time, and the token that goes on from there. */
interface Snapshot {
  token: string;
  at: number;
  groups: ReadonlyMap<string, SyncedGroup>;
}

/** A client that knows what it knows by sync alone. */
export class SyncingClient {
  readonly #userId: string;
  readonly #snapshots: Snapshot[] = [];
  readonly #versions = new Map<string, number>();

  constructor(userId: string) {
    this.#userId = userId;
  }

  /** Goes on from `back` answers ago, or from nothing, and must end up with what is true now. */
  async sync(served: ServedChat, chat: ReferenceChat, back: number): Promise<void> {
    const before = this.#snapshots[this.#snapshots.length - 1 - back];
    const who = this.#userId;
    const reply = await served.look(who, {
      route: 'GET /me/sync',
      query: before ? { since: before.token } : {},
    });
    if (!reply.ok) throw new Error(`${who}: sync was refused with ${reply.code}`);
    const answer = reply.value;
    const tooOld = before && chat.now - before.at > chat.retentionDays * dayMs;
    expectSame(answer.reset, tooOld ? true : undefined, `${who}: reset`);
    expectSame(answer.changedCount, answer.groups.length, `${who}: changedCount`);
    const known = new Map(tooOld ? [] : before?.groups);
    for (const group of answer.groups) this.#expectChanged(known.get(group.groupId), group);
    for (const groupId of answer.removedGroupIds) {
      expectSame(known.delete(groupId), true, `${who}: ${groupId} was removed and had been there`);
    }
    for (const group of answer.groups) known.set(group.groupId, group);
    expectSame(
      inOrder([...known.values()].map(shown)),
      inOrder(groupsOf(chat, who).map(([group, member]) => truth(chat, group, member))),
      `${who}: all groups after sync`,
    );
    served.compared.note('groups after sync', known.size);
    this.#snapshots.push({ token: answer.next, at: chat.now, groups: known });
  }

  #expectChanged(before: SyncedGroup | undefined, after: SyncedGroup): void {
    const { groupId, counts, version } = after;
    const what = `${this.#userId}: ${groupId}`;
    const same = JSON.stringify(before) === JSON.stringify(after);
    expectSame(same, false, `${what} is sent though nothing changed`);
    if (!counts) return;
    const newest = this.#versions.get(groupId) ?? 0;
    expectSame(version >= newest, true, `${what}: version ${version} after ${newest}`);
    this.#versions.set(groupId, version);
  }
}

type Shown = ReturnType<typeof statusOf> & { counts?: [seq: number, counts: Counts][] };

const inOrder = (groups: Shown[]): Shown[] =>
  groups.sort((a, b) => (a.groupId < b.groupId ? -1 : 1));

function shown({ counts, version: _version, recalled: _seqs, ...status }: SyncedGroup): Shown {
  return { ...status, ...(counts && { counts: eachSeq(counts) }) };
}

/** The counts of all that a member may see the counts of. */
export const seenCounts = (
  chat: ReferenceChat,
  group: ReferenceGroup,
  member: ReferenceMember,
): [seq: number, counts: Counts][] =>
  visibleTo(chat, group, member)
    .filter((message) => seesReceiptsOf(group, member, message))
    .map((message) => [message.message.seq, countsOf(chat, group, member.userId, message)]);

const truth = (chat: ReferenceChat, group: ReferenceGroup, member: ReferenceMember): Shown => ({
  ...statusOf(chat, group, member),
  ...(group.tracking === 'receipts' && { counts: seenCounts(chat, group, member) }),
});
