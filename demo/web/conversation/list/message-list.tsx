import type { ShownMessage } from '@seenby/client';
import { useMemo } from 'react';
import { useRovingFocus } from '../../parts/roving-focus.ts';
import { Avatar } from '../../sidebar/avatar.tsx';
import { useTexts } from '../../text/language.tsx';
import { dayName } from '../../text/times.ts';
import { useConversation } from '../conversation-context.ts';
import { nameOf, useMembers } from '../members.ts';
import { Bubble } from '../message/bubble.tsx';
import { type Day, daysOf, keyOf, type Run } from './message-runs.ts';

export interface MessageListProps {
  messages: readonly ShownMessage[];
  userId: string;
  /** The line for new messages goes above this one. */
  firstNewSeq: number | undefined;
}

/** All loaded messages, then those on their way. The arrow keys go from one to the next. */
export function MessageList({ messages, userId, firstNewSeq }: MessageListProps) {
  const days = useMemo(() => daysOf(messages, firstNewSeq), [messages, firstNewSeq]);
  const roving = useRovingFocus<HTMLDivElement>('.bubble', 'last');
  return (
    <div className="message-list" {...roving}>
      {days.map((day) => (
        <DaySection key={day.key} day={day} userId={userId} />
      ))}
    </div>
  );
}

function DaySection({ day, userId }: { day: Day; userId: string }) {
  const { locale } = useTexts();
  const name = dayName(day.at, Date.now(), locale);
  return (
    <section className="day">
      <p className="day-name">
        <time dateTime={isoDayOf(day.at)}>{name}</time>
      </p>
      {day.runs.map((run) => (
        <RunOfMessages key={run.key} run={run} isOwn={run.senderId === userId} />
      ))}
    </section>
  );
}

function RunOfMessages({ run, isOwn }: { run: Run; isOwn: boolean }) {
  const texts = useTexts();
  const members = useMembers();
  const { isDirect } = useConversation();
  const { senderId, messages, isFirstNew } = run;
  const name = nameOf(members, senderId);
  const showsAuthor = !isOwn && !isDirect;
  return (
    <>
      {isFirstNew && (
        <p className="new-line" data-line="new">
          {texts.newMessages}
        </p>
      )}
      <div className={`run ${isOwn ? 'own' : 'other'}`}>
        {showsAuthor && (
          <Avatar id={senderId} name={name} picture={members.get(senderId)?.picture} size={32} />
        )}
        <div className="run-messages">
          {messages.map((message, i) => (
            <Bubble
              key={keyOf(message)}
              message={message}
              isOwn={isOwn}
              author={isOwn ? texts.you : name}
              isNamed={showsAuthor && i === 0}
            />
          ))}
        </div>
      </div>
    </>
  );
}

const isoDayOf = (at: number): string => new Date(at).toLocaleDateString('sv');
