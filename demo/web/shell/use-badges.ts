import { useTotalUnread } from '@seenby/client/react';
import { useEffect } from 'react';
import { drawFavicon } from './favicon.ts';

/** The unread count where the page itself cannot be seen: title, favicon, and the app's icon. */
export function useBadges(): void {
  const unread = useTotalUnread();
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Seenby` : 'Seenby';
    drawFavicon(unread);
    // Browsers without app badges have no such method; some refuse it to pages that are no app.
    const badged = unread > 0 ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
    badged?.catch(() => {});
  }, [unread]);
}
