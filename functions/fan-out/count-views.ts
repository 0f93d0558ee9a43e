import { changedCounts } from '@seenby/core/counts/count-changes.ts';
import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { seesAllReceipts } from '@seenby/core/members/permissions.ts';
import {
  difference,
  emptySet,
  intersect,
  type Range,
  type RangeSet,
  setOfRange,
  union,
} from '@seenby/core/ranges/range-set.ts';
import { countedFrom, versionOfSome } from '../receipts/counts-of-group.ts';
import { hiddenReadsFor, withoutHiddenReads } from '../receipts/receipt-privacy.ts';
import type { Service } from '../service/service.ts';
import type { Connection } from '../store/users/connections.ts';
import type { MemberChange } from '../stream/member-change.ts';

/** A group at the moment of a push. */
export interface GroupMoment {
  group: GroupState;
  version: number;
  members: readonly MemberState[];
  /** The messages that retention shows. */
  visible: Range;
  changes: readonly MemberChange[];
  subscribers: readonly Connection[];
  /** The messages whose counts have changed. */
  changed: RangeSet;
  /** The messages whose counts were pushed so recently that the frames may still be on their way. */
  repeated: RangeSet;
}

/** Connections that may see the same counts of the same messages, and so share their frames. */
export interface CountView {
  /** Asked for where there is something to push. */
  version: () => number;
  members: readonly MemberState[];
  recalled: RangeSet;
  changed: RangeSet;
  /**
   * Messages whose counts changed a little earlier, pushed once more: that frame may be overtaken by
   * this one, and a client that has this version drops what comes with a lower one.
   */
  repeated: RangeSet;
  connections: Connection[];
}

/** Who of a group's subscribers sees what of a change. */
export function countViews(service: Service, moment: GroupMoment): Promise<CountView[]> {
  return moment.group.kind === 'direct'
    ? viewsOfDirectChat(service, moment)
    : viewsOfGroup(service, moment);
}

/** In a direct chat each of the two sees the other's reading in their own way. */
async function viewsOfDirectChat(service: Service, moment: GroupMoment): Promise<CountView[]> {
  const { group, version, members, visible, changes, subscribers, repeated } = moment;
  const present = members.filter((member) => !member.left);
  const views = present.map(async ({ userId, from }): Promise<CountView> => {
    const { to } = visible;
    const hidden = await hiddenReadsFor(service, group, members, userId, visible.from, to);
    const seenChanges = changes.map(({ before, after }) => ({
      before: before && withoutHiddenReads([before], hidden)[0],
      after: withoutHiddenReads([after], hidden)[0] as MemberState,
    }));
    const seen = withoutHiddenReads(members, hidden);
    const own = { from: Math.max(visible.from, from), to };
    const shown = difference(setOfRange(own.from, to), group.lost);
    return {
      ...{ version: () => version, members: seen, recalled: group.recalled },
      changed: intersect(changedBy(seenChanges, own), shown),
      repeated: intersect(repeated, shown),
      connections: subscribers.filter((connection) => connection.userId === userId),
    };
  });
  return Promise.all(views);
}

async function viewsOfGroup(service: Service, moment: GroupMoment): Promise<CountView[]> {
  const { group, members, visible, subscribers, changed } = moment;
  const rows = new Map(members.map((member) => [member.userId, member]));
  const shown = difference(setOfRange(visible.from, visible.to), group.lost);
  const pushed = intersect(union(changed, moment.repeated), shown);
  const first = countedFrom(service, group);
  const byAuthor =
    group.visibility === 'members'
      ? new Map<string, RangeSet>()
      : // Whoever is still sending a message may already be shown who has read it.
        await service.authors.authorsOf(group, union(pushed, setOfRange(first, group.lastSeq)));
  const views = new Map<string, CountView>();
  for (const connection of subscribers) {
    const member = rows.get(connection.userId);
    if (!member || member.left) continue;
    const own = seesAllReceipts(group, member.role) ? undefined : member.userId;
    const since = setOfRange(member.from, visible.to);
    const seen = own === undefined ? since : intersect(byAuthor.get(own) ?? emptySet, since);
    const all = intersect(pushed, seen);
    const name = JSON.stringify([own, all]);
    const newest = intersect(seen, setOfRange(first, group.lastSeq));
    const view = views.get(name) ?? {
      version: () =>
        own === undefined ? moment.version : versionOfSome(service, group, members, newest),
      ...{ members, recalled: group.recalled },
      changed: intersect(all, changed),
      repeated: all,
      connections: [],
    };
    view.connections.push(connection);
    views.set(name, view);
  }
  return [...views.values()];
}

/** The messages of a range whose counts some changes may have changed. */
export const changedBy = (
  changes: readonly Pick<MemberChange, 'before' | 'after'>[],
  { from, to }: Range,
): RangeSet =>
  changes
    .map(({ before, after }) => changedCounts(before, after, from, to))
    .reduce(union, emptySet);
