import type { SeenbyClient } from '@seenby/client';
import { useConnection, useSeenby } from '@seenby/client/react';
import { useEffect, useState } from 'react';
import type { Person } from '../member-search.ts';

/** The service keeps no list of users: who shares a group with the user is found in the groups used last. */
const maxGroups = 20;
const pageLimit = 500;

export interface KnownPeople {
  readonly state: 'loading' | 'offline' | 'ready';
  readonly people: Iterable<Person>;
}

/** Everybody else of the user's groups but one. */
export function useKnownPeople(groupId: string | undefined): KnownPeople {
  const client = useSeenby();
  const { state } = useConnection();
  const isConnected = state === 'connected';
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
  if (people) return { state: 'ready', people: people.values() };
  return { state: state === 'waiting' ? 'offline' : 'loading', people: [] };
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
  const found = new Map<string, Person>();
  for (const person of pages.flatMap(({ members }) => members)) {
    // In some groups their name may not be known yet.
    const isNews = person.name !== undefined || !found.has(person.userId);
    if (person.userId !== client.userId && isNews) found.set(person.userId, person);
  }
  return found;
}
