import type { GroupHandle } from '@seenby/client';
import { useGroupState, useSeenby } from '@seenby/client/react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useDirectChat } from '../direct/use-direct-chat.ts';
import { isolate } from '../text/isolate.ts';
import { useTexts } from '../text/language.tsx';
import { Composer } from './composer/composer.tsx';
import { ConversationContext } from './conversation-context.ts';
import { ConversationStart, EmptyConversation, NoMessages } from './conversation-start.tsx';
import { JumpButtons } from './list/jump-buttons.tsx';
import { MessageList } from './list/message-list.tsx';
import { useMessagesRef } from './list/use-messages-ref.ts';
import { useOpening } from './list/use-opening.ts';
import { useScroll } from './list/use-scroll.ts';
import { nameOf, useMembers } from './members.ts';
import { MessageMenu } from './message/message-menu.tsx';
import type { OpenMenu } from './message/open-menu.ts';

export interface ConversationProps {
  group: GroupHandle;
  /** Tells its messages from those of another conversation on the page. */
  label?: string;
  /** Without it counts cannot be opened. */
  onShowReceipts?(seq: number): void;
}

/** The messages of a group, read by being seen, and the line to write in. */
export function Conversation({ group, label, onShowReceipts }: ConversationProps) {
  const texts = useTexts();
  const { userId = '' } = useSeenby();
  const { messages } = useGroupState(group);
  const opening = useOpening(group);
  const input = useRef<HTMLTextAreaElement>(null);
  const [menu, setMenu] = useState<OpenMenu>();
  const isDirect = useDirectChat(group.groupId)?.isDirect;
  // What is drawn sooner would move: by names and pictures, or by all that is loaded.
  const isKnown = isDirect !== undefined && opening.state !== 'loading';
  const isEmpty = !isKnown || messages.length === 0;
  const scroll = useScroll(opening, !isEmpty);
  const ref = useMessagesRef(scroll.ref, group);
  const parts = useMemo(
    () => ({ group, isDirect: isDirect ?? false, onShowReceipts, onMenu: setMenu }),
    [group, isDirect, onShowReceipts],
  );
  const state = isKnown ? opening.state : 'loading';
  return (
    <ConversationContext value={parts}>
      <div className="messages-frame" data-kind={isDirect ? 'direct' : 'group'}>
        <section ref={ref} className="messages" aria-label={label ?? texts.messages}>
          {!isEmpty && (
            <div ref={scroll.contentRef} className="messages-content">
              <div ref={scroll.topRef} />
              {!opening.hasOlder && <ConversationStart group={group} />}
              <MessageList {...{ messages, userId }} firstNewSeq={opening.firstNewSeq} />
            </div>
          )}
        </section>
        {isEmpty && state === 'ready' && (
          <EmptyConversation group={group} onBegin={() => input.current?.focus()} />
        )}
        {isEmpty && state !== 'ready' && <NoMessages {...opening} state={state} />}
        <JumpButtons group={group} scroll={scroll} />
      </div>
      <TypingLine group={group} />
      <Composer group={group} inputRef={input} onSent={scroll.toEnd} />
      {menu && (
        <MessageMenu {...{ group, menu, onShowReceipts }} onClose={() => setMenu(undefined)} />
      )}
    </ConversationContext>
  );
}

/** Always as high, so that nothing moves when somebody begins to write. */
function TypingLine({ group }: { group: GroupHandle }): ReactNode {
  const texts = useTexts();
  const members = useMembers();
  const { typing } = useGroupState(group);
  const names = typing.map((userId) => isolate(nameOf(members, userId)));
  if (group.isReadingSuspended) return <p className="typing">{texts.readingSuspended}</p>;
  return <p className="typing">{names.length > 0 && texts.typing(names)}</p>;
}
