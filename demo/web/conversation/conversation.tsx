import type { GroupHandle } from '@seenby/client';
import { useGroupState, useSeenby, useTrackReads } from '@seenby/client/react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type RefCallback, type RefObject, useCallback, useState } from 'react';
import { useTexts } from '../text/language.tsx';
import { Composer } from './composer.tsx';
import { nameOf, useMembers } from './members.ts';
import { MessageList } from './message-list.tsx';
import { MessageMenu, type OpenMenu } from './message-menu.tsx';
import { useOpening } from './use-opening.ts';
import { useScroll } from './use-scroll.ts';

export interface ConversationProps {
  group: GroupHandle;
  /** Without it counts cannot be opened. */
  onShowReceipts?(seq: number): void;
}

/** The messages of a group, read by being seen, and the line to write in. */
export function Conversation({ group, onShowReceipts }: ConversationProps) {
  const texts = useTexts();
  const { userId = '' } = useSeenby();
  const { messages, unreadCount } = useGroupState(group);
  const { firstNewSeq, hasOlder, loadOlder, loadBackTo } = useOpening(group);
  const scroll = useScroll({ firstNewSeq, hasOlder, loadOlder, loadBackTo });
  const ref = useBoth(scroll.ref, useTrackReads(group));
  const [menu, setMenu] = useState<OpenMenu>();
  return (
    <>
      <div className="messages-frame">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section ref={ref} className="messages" aria-label={texts.messages} tabIndex={0}>
          <div>
            <div ref={scroll.topRef} className="top" />
            <MessageList
              {...{ group, messages, userId, firstNewSeq, onShowReceipts, onMenu: setMenu }}
            />
          </div>
        </section>
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
            aria-label={texts.toNewest}
            onClick={scroll.toEnd}
          >
            <ArrowDown aria-hidden size={18} />
            {unreadCount > 0 && <span className="badge">{unreadCount}</span>}
          </button>
        )}
      </div>
      <TypingLine group={group} />
      {group.isReadingSuspended && <p className="hint">{texts.readingSuspended}</p>}
      <Composer group={group} onSent={scroll.toEnd} />
      {menu && (
        <MessageMenu {...{ group, menu, onShowReceipts }} onClose={() => setMenu(undefined)} />
      )}
    </>
  );
}

/** One element, two who need it. */
function useBoth(
  object: RefObject<HTMLElement | null>,
  callback: RefCallback<Element>,
): RefCallback<HTMLElement> {
  return useCallback(
    (element) => {
      object.current = element;
      return callback(element);
    },
    [object, callback],
  );
}

function TypingLine({ group }: { group: GroupHandle }) {
  const texts = useTexts();
  const members = useMembers();
  const { typing } = useGroupState(group);
  const names = typing.map((userId) => nameOf(members, userId));
  return <p className="typing">{names.length > 0 && texts.typing(names)}</p>;
}
