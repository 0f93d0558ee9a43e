import type { GroupHandle } from '@seenby/client';
import { useSeenby } from '@seenby/client/react';
import { useEffect, useState } from 'react';

const pageLimit = 500;

/** Who else has played a message. */
export interface Played {
  readonly userIds: ReadonlySet<string>;
  /** Whether there may be more, in a group of more than one page of readers. */
  readonly isPartial: boolean;
}

const nobody: Played = { userIds: new Set(), isPartial: false };

/** Who has played an own voice message, live; nobody where that may not be known. */
export function usePlayed(group: GroupHandle, seq: number | undefined): Played {
  const { userId } = useSeenby();
  const [played, setPlayed] = useState(nobody);
  useEffect(() => {
    if (seq === undefined) return;
    let isOver = false;
    const add = (userIds: readonly string[], isPartial?: boolean) => {
      const others = userIds.filter((each) => each !== userId);
      if (isOver || (others.length === 0 && isPartial === undefined)) return;
      setPlayed((before) => ({
        userIds: new Set([...before.userIds, ...others]),
        isPartial: isPartial ?? before.isPartial,
      }));
    };
    group.listReaders(seq, { state: 'read', limit: pageLimit }).then(
      ({ members, next }) => {
        const players = members.filter(({ playedAt }) => typeof playedAt === 'number');
        add(
          players.map((each) => each.userId),
          next !== null,
        );
      },
      // Not to be known, or not now: those who play it from now on are told of.
      () => {},
    );
    const end = group.on('receipt', ({ receipts }) => {
      const players = receipts.filter(
        ({ kind, fromSeq, toSeq }) => kind === 'played' && seq >= fromSeq && seq <= toSeq,
      );
      add(players.map((each) => each.userId));
    });
    return () => {
      isOver = true;
      end();
      setPlayed(nobody);
    };
  }, [group, seq, userId]);
  return played;
}
