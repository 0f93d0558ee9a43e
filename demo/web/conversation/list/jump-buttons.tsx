import type { GroupHandle } from '@seenby/client';
import { useGroupState } from '@seenby/client/react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTexts } from '../../text/language.tsx';
import type { Scroll } from './use-scroll.ts';

/** Over the messages: to the first unread one, and to the newest. */
export function JumpButtons({ group, scroll }: { group: GroupHandle; scroll: Scroll }) {
  const texts = useTexts();
  const { unreadCount } = useGroupState(group);
  return (
    <>
      {scroll.isFirstNewAbove && unreadCount > 0 && (
        <button type="button" className="jump to-unread" onClick={scroll.toFirstNew}>
          <ArrowUp aria-hidden size={16} />
          {texts.toFirstUnread(unreadCount)}
        </button>
      )}
      {!scroll.isAtEnd && (
        <button
          type="button"
          className="jump to-newest"
          aria-label={unreadCount > 0 ? texts.toNewMessages(unreadCount) : texts.toNewest}
          onClick={scroll.toEnd}
        >
          {unreadCount > 0 && <span>{texts.newCount(unreadCount)}</span>}
          <ArrowDown aria-hidden size={18} />
        </button>
      )}
    </>
  );
}
