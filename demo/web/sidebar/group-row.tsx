import type { GroupStatus } from '@seenby/client';
import { Badge } from '@seenby/client/react';
import { memo } from 'react';
import { titleOf, useDirectChat } from '../direct/use-direct-chat.ts';
import { hashOf } from '../shell/route.ts';
import { useTexts } from '../text/language.tsx';
import { shortTime } from '../text/times.ts';
import { Avatar } from './avatar.tsx';
import { Preview } from './preview.tsx';
import { useWasInView } from './use-was-in-view.ts';

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
  const { groupId, lastMessage } = group;
  const { ref, wasInView } = useWasInView<HTMLLIElement>();
  const title = titleOf(groupId, group, useDirectChat(groupId, wasInView));
  return (
    <li ref={ref}>
      <a
        href={hashOf({ view: 'group', groupId })}
        className="group-row"
        aria-current={isOpen ? 'page' : undefined}
        data-group={groupId}
      >
        <Avatar {...title} size={46} />
        <span className="group-name" dir="auto">
          {title.name}
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
