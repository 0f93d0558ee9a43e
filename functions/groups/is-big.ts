import type { GroupState } from '@seenby/core/group.ts';

const maxUsualSize = 1000;

/** Big groups have rows by the megabyte and subscribers by the thousand: less is read and pushed. */
export const isBig = ({ lastOrdinal }: Pick<GroupState, 'lastOrdinal'>): boolean =>
  lastOrdinal > maxUsualSize;
