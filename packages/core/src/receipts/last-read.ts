import type { MemberState } from '../members/member.ts';
import { difference } from '../ranges/range-set.ts';

/** When a member last read or played something that others may know of; 0 for never. */
export const lastReadAtOf = ({
  lastReadAt = 0,
  receiptEvents,
  privateReads,
}: Pick<MemberState, 'lastReadAt' | 'receiptEvents' | 'privateReads'>): number =>
  receiptEvents
    .filter(({ kind }) => kind !== 'delivered')
    .filter(({ ranges }) => difference(ranges, privateReads).length > 0)
    .reduce((last, { at }) => Math.max(last, at), lastReadAt);
