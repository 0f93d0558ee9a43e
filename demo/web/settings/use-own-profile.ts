import { useSeenby } from '@seenby/client/react';
import type { Profile } from '@seenby/protocol/entities.ts';
import { useEffect, useState } from 'react';

const pageLimit = 500;

/**
 * How others see the user: the service says so in lists of members only, so one of the user's groups is asked.
 * Undefined until it has answered; empty without a group.
 */
export function useOwnProfile(): Profile | undefined {
  const client = useSeenby();
  const [profile, setProfile] = useState<Profile>();
  useEffect(() => {
    let isOver = false;
    const load = async (): Promise<Profile> => {
      const [group] = client.groups();
      if (!group) return {};
      const { members } = await client.group(group.groupId).listMembers({ limit: pageLimit });
      const own = members.find(({ userId }) => userId === client.userId);
      return {
        ...(own?.name && { name: own.name }),
        ...(own?.picture && { picture: own.picture }),
      };
    };
    load().then(
      (loaded) => !isOver && setProfile(loaded),
      () => !isOver && setProfile({}),
    );
    return () => {
      isOver = true;
    };
  }, [client]);
  return profile;
}
