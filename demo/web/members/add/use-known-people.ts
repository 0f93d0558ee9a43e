import type { SeenbyClient } from '@seenby/client';
import { useConnection, useSeenby } from '@seenby/client/react';
import { useEffect, useState } from 'react';
import type { Person } from '../member-search.ts';

/** The service keeps no list of users: who shares a group with the user is found in the groups used last. */
const maxGroups = 20;
const pageLimit = 500;

/** Everybody else of the user's groups but one, by id; undefined while they are being asked for. */
export function useKnownPeople(
  groupId: string | undefined,
): ReadonlyMap<string, Person> | undefined {
  const client = useSeenby();
  const isConnected = useConnection().state === 'connected';
  const [people, setPeople] = useState<ReadonlyMap<string, Person>>();
  useEffect(() => {
    // Which groups there are is known once there was a connection.
    if (!isConnected) return;
    let isOver = false;
    void peopleOfOthers(client, groupId).then((found) => !isOver && setPeople(found));
    return () => {
      isOver = true;
    };
  }, [client, groupId, isConnected]);
  return people;
}

async function peopleOfOthers(
  client: SeenbyClient,
  groupId: string | undefined,
): Promise<ReadonlyMap<string, Person>> {
  const others = client.groups().filter((each) => each.groupId !== groupId);
  const pages = await Promise.all(
    others.slice(0, maxGroups).map((each) =>
      client
        .group(each.groupId)
        .listMembers({ limit: pageLimit })
        // A group that cannot be asked offers nobody; an id can be typed all the same.
        .catch(() => ({ members: [] })),
    ),
  );
  const found = pages.flatMap(({ members }) => members);
  return new Map(
    found.filter(({ userId }) => userId !== client.userId).map((each) => [each.userId, each]),
  );
}
