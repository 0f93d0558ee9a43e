import { audienceOf, deliveredTo, isInAudience } from '@seenby/core/counts/audience.ts';
import { newMember } from '@seenby/core/members/member.ts';
import { changeRole, comeBack, firstSeqOf, leave } from '@seenby/core/members/membership.ts';
import { positionFrom, setOfRange, setOfSeqs, union } from '@seenby/core/ranges/range-set.ts';
import { describe, expect, it } from 'vitest';
import { aMember } from '../../../support/fixtures/a-member.ts';

const reader = aMember({
  role: 'admin',
  read: setOfSeqs([1, 2, 5]),
  delivered: setOfSeqs([3, 6]),
  receiptEvents: [{ kind: 'read', at: 7, ranges: setOfSeqs([5]) }],
  version: 4,
});

describe('membership', () => {
  it.each([
    [0, 100, 1],
    [99, 100, 1],
    [100, 100, 1],
    [101, 100, 2],
    [1000, 100, 901],
    [1000, 0, 1001],
    [1000, 1, 1000],
  ])('[CT2] after %i messages, with %i of history, begins at %i', (lastSeq, history, from) => {
    expect(firstSeqOf(lastSeq, history)).toBe(from);
  });

  it('[CT2] a newcomer is in the audience of that history, and has read none of it', () => {
    const member = newMember({ userId: 'bo', role: 'member', ordinal: 2, from: 4, joinedAt: 9 });
    expect(audienceOf(member, 9)).toEqual(setOfRange(4, 9));
    expect(isInAudience(member, 3)).toBe(false);
    expect(deliveredTo(member, 9)).toEqual([]);
    expect(positionFrom(member.read, member.from)).toBe(3);
    expect(member).not.toHaveProperty('name');
    expect([member.left, member.withholds]).toEqual([false, false]);
  });

  it('[CT2] a leaver stays with what they had read and drops out of the rest', () => {
    const left = leave(reader, 9);
    expect(audienceOf(left, 9)).toEqual(reader.read);
    expect(deliveredTo(left, 9)).toEqual(reader.read);
    expect(isInAudience(left, 5)).toBe(true);
    expect(isInAudience(left, 6)).toBe(false);
    expect(left).toMatchObject({
      left: true,
      role: 'member',
      receiptEvents: reader.receiptEvents,
      version: 5,
    });
  });

  it('[ST1] a leaver keeps for their own figures what there was to read, history apart', () => {
    const left = leave(aMember({ from: 3, since: 6 }), 9);
    expect([left.former, left.formerHistory]).toEqual([setOfRange(3, 9), setOfRange(3, 5)]);
    const soon = leave(aMember({ from: 3, since: 12 }), 9);
    expect([soon.former, soon.formerHistory]).toEqual([setOfRange(3, 9), setOfRange(3, 9)]);
  });

  it('[SE9] of who leaves and comes back without end the newest fifty memberships are kept', () => {
    let member = aMember();
    for (let seq = 10; seq <= 600; seq += 10) {
      const again = { role: 'member', from: seq, since: seq + 1, joinedAt: 0 } as const;
      member = leave(comeBack(member, again), seq);
    }
    const newest = Array.from({ length: 50 }, (_, i) => 110 + 10 * i);
    expect([member.former, member.formerHistory]).toEqual([setOfSeqs(newest), setOfSeqs(newest)]);
  });

  it('[CT2] who comes back begins anew and keeps old receipts', () => {
    const back = comeBack(leave(reader, 9), { role: 'member', from: 6, since: 10, joinedAt: 50 });
    expect(audienceOf(back, 9)).toEqual(union(reader.read, setOfRange(6, 9)));
    expect(isInAudience(back, 3)).toBe(false);
    expect(deliveredTo(back, 9)).toEqual(setOfSeqs([1, 2, 5, 6]));
    expect(back).toMatchObject({ left: false, joinedAt: 50, ordinal: reader.ordinal, version: 6 });
    expect(back.receiptEvents).toEqual(reader.receiptEvents);
  });

  it('[TR5] a new role touches nothing but the versions', () => {
    const { turns } = reader;
    const changed = { ...reader, role: 'owner', version: 5, turns: turns + 1 };
    expect(changeRole(reader, 'owner')).toEqual(changed);
  });
});
