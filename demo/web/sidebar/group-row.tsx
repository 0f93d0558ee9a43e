import type { GroupStatus } from '@seenby/client';
import { Badge } from '@seenby/client/react';
import { memo } from 'react';
import { hashOf } from '../shell/route.ts';
import { useTexts } from '../text/language.tsx';
import { shortTime } from '../text/times.ts';
import { Avatar } from './avatar.tsx';
import { Preview } from './preview.tsx';

export interface GroupRowProps {
  group: GroupStatus;
  isOpen: boolean;
  /** Whether it says who wrote last. */
  isNamed: boolean;
  /** The day changes while the page is open. */
  today: string;
}

/** One chat in the list: name, last message, and what of it is unread. */
export const GroupRow = memo(function GroupRow({ group, isOpen, isNamed }: GroupRowProps) {
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
        <Preview {...{ groupId, isNamed }} message={lastMessage} />
        <Badge groupId={groupId} />
      </a>
    </li>
  );
});
