import type { GroupState } from '../../core/group.ts';

const mostOfUsualSize = 1000;

/** Big groups have rows by the megabyte and listeners by the thousand: less is read and told. */
export const isBig = ({ lastOrdinal }: Pick<GroupState, 'lastOrdinal'>): boolean =>
  lastOrdinal > mostOfUsualSize;
