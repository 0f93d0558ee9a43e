import type { SeenbyClient } from '@seenby/client';
import { useConnection, useSeenby } from '@seenby/client/react';
import type { Profile } from '@seenby/protocol/entities.ts';
import { useEffect, useState } from 'react';

const pageLimit = 500;

/**
 * How others see the user: the service says so in lists of members only, so one of the user's groups is asked.
 * Undefined until it has answered: to save what is not known would take it away. Empty without a group.
 */
export function useOwnProfile(): Profile | undefined {
  const client = useSeenby();
  const isConnected = useConnection().state === 'connected';
  const [profile, setProfile] = useState<Profile>();
  useEffect(() => {
    // Which groups there are is known once there was a connection.
    if (!isConnected) return;
    let isOver = false;
    loadProfile(client).then(
      (loaded) => !isOver && setProfile(loaded),
      // The next connection asks again.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [client, isConnected]);
  return profile;
}

async function loadProfile(client: SeenbyClient): Promise<Profile> {
  const [group] = client.groups();
  let cursor: string | undefined;
  while (group) {
    const query = { limit: pageLimit, ...(cursor !== undefined && { cursor }) };
    const { members, next } = await client.group(group.groupId).listMembers(query);
    const own = members.find(({ userId }) => userId === client.userId);
    if (own)
      return { ...(own.name && { name: own.name }), ...(own.picture && { picture: own.picture }) };
    if (next === null) break;
    cursor = next;
  }
  return {};
}
