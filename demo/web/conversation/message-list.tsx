import type { GroupHandle, ShownMessage } from '@seenby/client';
import { Fragment } from 'react';
import { useTexts } from '../text/language.tsx';
import { Bubble } from './bubble.tsx';
import { nameOf, useMembers } from './members.ts';
import type { OpenMenu } from './message-menu.tsx';

export interface MessageListProps {
  group: GroupHandle;
  messages: readonly ShownMessage[];
  userId: string;
  /** The line for new messages goes above this one. */
  firstNewSeq: number | undefined;
  onShowReceipts: ((seq: number) => void) | undefined;
  onMenu(menu: OpenMenu): void;
}

/** All loaded messages, then those on their way. */
export function MessageList(props: MessageListProps) {
  const { group, messages, userId, firstNewSeq, onShowReceipts, onMenu } = props;
  const texts = useTexts();
  const members = useMembers();
  const isDay = startsDay(messages);
  return (
    <ol className="message-list">
      {messages.map((message, i) => {
        const isOwn = message.senderId === userId;
        const follows = messages[i - 1]?.senderId === message.senderId && !isDay(i);
        return (
          <Fragment key={message.clientMessageId + message.senderId}>
            {isDay(i) && (
              <li className="line">
                <time>{new Date(message.createdAt).toLocaleDateString(texts.locale)}</time>
              </li>
            )}
            {message.state === 'sent' && message.seq === firstNewSeq && (
              <li className="line new" data-line="new">
                {texts.newMessages}
              </li>
            )}
            <Bubble
              {...{ group, message, isOwn, onShowReceipts, onMenu }}
              senderName={isOwn || follows ? undefined : nameOf(members, message.senderId)}
            />
          </Fragment>
        );
      })}
    </ol>
  );
}

const startsDay =
  (messages: readonly ShownMessage[]) =>
  (i: number): boolean => {
    const [before, here] = [messages[i - 1], messages[i]];
    if (!here) return false;
    return !before || dayOf(before) !== dayOf(here);
  };

const dayOf = ({ createdAt }: ShownMessage): string => new Date(createdAt).toDateString();
