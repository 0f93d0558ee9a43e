import { useSeenby } from '@seenby/client/react';
import { useEffect, useState } from 'react';
import { shownName } from './member-search.ts';

const pageLimit = 500;

/** How a member of a group is called that may not be on the screen; undefined until the service has told. */
export function useNameOf(groupId: string, userId: string): string | undefined {
  const client = useSeenby();
  const [name, setName] = useState<string>();
  useEffect(() => {
    let isOver = false;
    client
      .group(groupId)
      .listMembers({ limit: pageLimit })
      .then(
        ({ members }) => {
          const found = members.find((member) => member.userId === userId);
          if (found && !isOver) setName(shownName(found));
        },
        () => {},
      );
    return () => {
      isOver = true;
      setName(undefined);
    };
  }, [client, groupId, userId]);
  return name;
}
