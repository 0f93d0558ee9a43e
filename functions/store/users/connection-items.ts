import type { Item } from '../dynamodb/table.ts';

export const connectionPrefix = 'c:';
const openedPrefix = 'o:';

/** A member row keeps the user's id as an attribute, for its index, for as long as they are in. */
export const isPresent = (memberItem: Item | undefined): boolean =>
  memberItem?.userId !== undefined;

export const groupsIn = (item: Item | undefined): Set<string> =>
  (item?.groupIds as Set<string> | undefined) ?? new Set();

/** The attributes of a connection. */
export const namesOf = (connectionId: string) => ({
  '#connection': connectionPrefix + connectionId,
  '#opened': openedPrefix + connectionId,
});

export function connectionsIn(item: Item): { connectionId: string; endsAt: number }[] {
  return Object.entries(item)
    .filter(([name]) => name.startsWith(connectionPrefix))
    .map(([name, endsAt]) => ({
      connectionId: name.slice(connectionPrefix.length),
      endsAt: endsAt as number,
    }));
}
