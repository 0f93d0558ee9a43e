import type { GroupStatus } from '@seenby/client';
import { AtSign } from 'lucide-react';
import { memo } from 'react';
import { hashOf } from '../shell/route.ts';
import { useTexts } from '../text/language.tsx';
import { shortTime } from '../text/times.ts';
import { Avatar } from './avatar.tsx';
import { Preview } from './preview.tsx';

export interface GroupRowProps {
  group: GroupStatus;
  isOpen: boolean;
  /** The day changes while the page is open. */
  today: string;
}

/** One chat in the list: name, last message, and what of it is unread. */
export const GroupRow = memo(function GroupRow({ group, isOpen }: GroupRowProps) {
  const { locale } = useTexts();
  const { groupId, name, lastMessage } = group;
  return (
    <li>
      <a
        href={hashOf({ view: 'group', groupId })}
        className="group-row"
        aria-current={isOpen ? 'page' : undefined}
        data-group={groupId}
      >
        <Avatar id={groupId} name={name} size={46} />
        <span className="group-name" dir="auto">
          {name}
        </span>
        {lastMessage && (
          <time dateTime={new Date(lastMessage.createdAt).toISOString()}>
            {shortTime(lastMessage.createdAt, Date.now(), locale)}
          </time>
        )}
        <Preview groupId={groupId} message={lastMessage} />
        <Badges {...group} />
      </a>
    </li>
  );
});

function Badges({ mentionCount, unreadCount }: GroupStatus) {
  const texts = useTexts();
  return (
    <span className="badges">
      {mentionCount > 0 && (
        <span className="badge mention">
          <AtSign aria-hidden size={12} strokeWidth={3} />
          <span className="sr-only">{texts.mentioned}</span>
        </span>
      )}
      {unreadCount > 0 && (
        <span className="badge" data-unread={unreadCount}>
          <span aria-hidden>{unreadCount > 99 ? '99+' : unreadCount}</span>
          <span className="sr-only">{texts.unreadMessages(unreadCount)}</span>
        </span>
      )}
    </span>
  );
}
