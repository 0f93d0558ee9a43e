import { changedCounts } from '@seenby/core/counts/count-changes.ts';
import { countRanges, groupVersion } from '@seenby/core/counts/counts.ts';
import { difference, intersect, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import type { CountRange, Receipt } from '@seenby/protocol/entities.ts';
import type { Change, PlayedGroup } from '../../core/played-group.ts';

/** What the service tells a client because of one change. */
export interface Told {
  version: number;
  counts: CountRange[];
  receipts: Receipt[];
}

const membersAfter = ({ after, others }: Change) => [...others, after];

/** What a member hears who has the group open, change by change. */
export const toldTo = (viewerId: string, { changes, messages }: PlayedGroup): Told[] =>
  changes.map((change) => {
    const { before, after, lastSeq } = change;
    const members = membersAfter(change);
    const sent = messages.filter(({ seq }) => seq <= lastSeq);
    const own = setOfSeqs(
      sent.filter(({ senderId }) => senderId === viewerId).map(({ seq }) => seq),
    );
    const read = intersect(difference(after.read, before?.read ?? []), own);
    return {
      version: groupVersion(members),
      counts: changedCounts(before, after, 1, lastSeq).flatMap(({ from, to }) =>
        countRanges(members, from, to),
      ),
      receipts: read.map(({ from, to }) => ({
        ...{ userId: after.userId, kind: 'read', fromSeq: from, toSeq: to, at: 0 },
      })),
    };
  });
