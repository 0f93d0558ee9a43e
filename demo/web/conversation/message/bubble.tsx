import type { ShownMessage } from '@seenby/client';
import { Ticks } from '@seenby/client/react';
import { type KeyboardEvent, memo } from 'react';
import { RecallLine } from '../../recall/recall-line.tsx';
import { useRecall } from '../../recall/use-recalls.ts';
import { useTexts } from '../../text/language.tsx';
import { timeOfDay } from '../../text/times.ts';
import { useConversation } from '../conversation-context.ts';
import { BubbleSide } from './bubble-side.tsx';
import { Failure } from './failure.tsx';
import { MessageContent } from './message-content.tsx';
import { SeenUpTo } from './seen-up-to.tsx';
import { isFewEmoji } from './text-parts.ts';
import { useLongPress } from './use-long-press.ts';

export interface BubbleProps {
  message: ShownMessage;
  isOwn: boolean;
  /** How the author is called. */
  author: string;
  /** Whether the author's name stands in it, as in the first of several. */
  isNamed: boolean;
}

/** One message. `data-seq` is how the SDK knows which one is being looked at. */
export const Bubble = memo(function Bubble({ message, isOwn, author, isNamed }: BubbleProps) {
  const { locale } = useTexts();
  const { group, isDirect, onMenu } = useConversation();
  const { groupId } = group;
  const stored = message.state === 'sent' ? message : undefined;
  const seq = stored?.seq;
  const recall = useRecall(groupId, stored?.recalled ? undefined : seq);
  const isRecalling = recall !== undefined && recall.state !== 'failed';
  const sent = stored?.recalled || isRecalling ? undefined : stored;
  const openMenu = (anchor: HTMLElement) => sent && onMenu({ message: sent, isOwn, anchor });
  const longPress = useLongPress(openMenu);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
    // Or the same key would press the first entry of the menu.
    event.preventDefault();
    openMenu(event.currentTarget);
  };
  const time = timeOfDay(message.createdAt, locale);
  const isLarge = sent !== undefined && isFewEmoji(sent.content);
  return (
    <article
      className={`bubble ${isOwn ? 'own' : 'other'} ${isLarge ? 'large' : ''}`}
      data-seq={seq}
      aria-label={`${author}, ${time}`}
      ref={(article) => leaveOutOfTabOrder(article)}
      onKeyDown={onKeyDown}
      {...longPress}
    >
      <div className="bubble-body">
        {isNamed && (
          <span className="sender" dir="auto">
            {author}
          </span>
        )}
        <div className="content" dir="auto">
          <span className="text">
            {!isRecalling && <MessageContent {...{ message, isOwn }} />}
            {recall && seq !== undefined && <RecallLine {...{ groupId, seq, recall }} />}
          </span>
          <span className="meta">
            <time dir="ltr" dateTime={new Date(message.createdAt).toISOString()}>
              {time}
            </time>
            {isOwn && !stored?.recalled && !isRecalling && <Ticks {...{ group, message }} />}
          </span>
        </div>
        {message.state === 'failed' && <Failure message={message} />}
      </div>
      <BubbleSide message={message} onMenu={sent && openMenu} />
      {seq !== undefined && !isDirect && <SeenUpTo seq={seq} />}
    </article>
  );
});

/** The keyboard comes to these by the message itself: its menu leads where they lead. */
function leaveOutOfTabOrder(article: HTMLElement | null): void {
  const elements = article?.querySelectorAll('seenby-read-by, seenby-facepile') ?? [];
  for (const element of elements) element.setAttribute('tabindex', '-1');
}
