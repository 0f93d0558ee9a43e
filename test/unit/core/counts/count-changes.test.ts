import { changedCounts } from '@seenby/core/counts/count-changes.ts';
import { countRanges, countsOf } from '@seenby/core/counts/counts.ts';
import { setOfRange } from '@seenby/core/ranges/range-set.ts';
import { markUnread } from '@seenby/core/reading/marking.ts';
import type { Counts } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { aMember } from '../../../support/fixtures/a-member.ts';
import { fc } from '../../../support/properties.ts';
import { stories } from '../../../support/reference/story.ts';
import { type Change, PlayedGroup } from '../played-group.ts';
import { seqsOf } from '../ranges/seq-sets.ts';

const rowsBefore = ({ before, others }: Change) => (before ? [...others, before] : others);
const rowsAfter = ({ after, others }: Change) => [...others, after];

const seqsFrom = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);

describe('the messages whose counts a change moves', () => {
  it('[PU1] [PU4] a screen that takes only their new counts shows all counts right', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const screen = new Map<number, Counts>();
        for (const change of new PlayedGroup(story).changes) {
          const { before, after, lastSeq } = change;
          for (const { from, to } of changedCounts(before, after, 1, lastSeq)) {
            for (const { fromSeq, toSeq, ...counts } of countRanges(rowsAfter(change), from, to)) {
              for (const seq of seqsFrom(fromSeq, toSeq)) screen.set(seq, counts);
            }
          }
          for (const seq of seqsFrom(1, lastSeq)) {
            expect(screen.get(seq)).toEqual(countsOf(rowsAfter(change), seq));
          }
        }
      }),
    );
  });

  it('[PU3] are those that differ and no others, within the stretch asked for', () => {
    const stretches = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat({ max: 20 }));
    fc.assert(
      fc.property(stories, stretches, (story, [first, more]) => {
        for (const change of new PlayedGroup(story).changes) {
          const last = Math.min(first + more, change.lastSeq);
          const differ = seqsFrom(first, last).filter((seq) => {
            const earlier = JSON.stringify(countsOf(rowsBefore(change), seq));
            return earlier !== JSON.stringify(countsOf(rowsAfter(change), seq));
          });
          const changed = changedCounts(change.before, change.after, first, last);
          expect([...seqsOf(changed)]).toEqual(differ);
        }
      }),
    );
  });

  it('[RD7] are none when the member only put their own badge back', () => {
    const member = aMember({ read: setOfRange(1, 9) });
    expect(changedCounts(member, markUnread(member, 3, []), 1, 20)).toEqual([]);
  });
});
