import type { GroupHandle } from '@seenby/client';
import { useEffect, useState } from 'react';

/** Whoever has just done something is taken to be there. */
const activeMs = 2 * 60_000;
const checkMs = 15_000;

/**
 * Who has written or read in the group a moment ago. The service tells when somebody comes online or goes, and
 * not who was there before.
 */
export function useActive(group: GroupHandle): ReadonlySet<string> {
  const [active, setActive] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const seenAt = new Map<string, number>();
    const show = () => {
      const since = Date.now() - activeMs;
      for (const [userId, at] of seenAt) if (at < since) seenAt.delete(userId);
      setActive((before) =>
        before.size === seenAt.size && [...seenAt.keys()].every((userId) => before.has(userId))
          ? before
          : new Set(seenAt.keys()),
      );
    };
    const note = (userId: string, at = Date.now()) => {
      const isNews = !seenAt.has(userId);
      if (at >= Date.now() - activeMs) seenAt.set(userId, at);
      if (isNews) show();
    };
    const ends = [
      group.on('typing', ({ userId }) => note(userId)),
      group.on('message', ({ message }) => note(message.senderId, message.createdAt)),
      group.on('receipt', ({ receipts }) => {
        for (const { userId, kind, at } of receipts) if (kind !== 'delivered') note(userId, at);
      }),
    ];
    const timer = setInterval(show, checkMs);
    return () => {
      clearInterval(timer);
      for (const end of ends) end();
      setActive(new Set());
    };
  }, [group]);
  return active;
}
