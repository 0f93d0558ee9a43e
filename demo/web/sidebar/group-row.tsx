import type { GroupStatus } from '@seenby/client';
import { AtSign } from 'lucide-react';
import { memo } from 'react';
import { hashOf } from '../shell/route.ts';
import { useTexts } from '../text/language.tsx';
import { shortTime } from '../text/times.ts';
import { Avatar } from './avatar.tsx';

/** One chat in the list: name, last message, and what of it is unread. */
export const GroupRow = memo(function GroupRow({
  group,
  isOpen,
}: {
  group: GroupStatus;
  isOpen: boolean;
}) {
  const texts = useTexts();
  const { groupId, name, lastMessage, unreadCount, mentionCount } = group;
  return (
    <li>
      <a
        href={hashOf({ view: 'group', groupId })}
        className="group-row"
        aria-current={isOpen ? 'page' : undefined}
        data-group={groupId}
      >
        <Avatar id={groupId} name={name} />
        <span className="group-name">{name}</span>
        {lastMessage && <time>{shortTime(lastMessage.createdAt, Date.now(), texts.locale)}</time>}
        <span className="preview">
          {lastMessage?.recalled ? texts.recalled : lastMessage?.content}
        </span>
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
      </a>
    </li>
  );
});
