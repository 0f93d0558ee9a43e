import type { LastMessage } from '@seenby/client';
import { Ticks, useMembers, useSeenby } from '@seenby/client/react';
import { contentText } from '../text/content-text.ts';
import { isolate } from '../text/isolate.ts';
import { useTexts } from '../text/language.tsx';

export interface PreviewProps {
  groupId: string;
  message: LastMessage | undefined;
  /** Whether it says who wrote it. */
  isNamed: boolean;
}

/** The newest message of a chat in one line: how far one's own has come, or who wrote it. */
export function Preview({ groupId, message, isNamed }: PreviewProps) {
  const texts = useTexts();
  const { userId } = useSeenby();
  if (!message) return <span className="preview">{texts.noMessagesYet}</span>;
  const isOwn = message.senderId === userId;
  return (
    <span className="preview">
      {isOwn && !message.recalled && <Ticks groupId={groupId} seq={message.seq} />}
      <span className="preview-text" dir="auto">
        {isOwn && <span className="preview-author">{texts.youWrote} </span>}
        {!isOwn && isNamed && <Author groupId={groupId} userId={message.senderId} />}
        {message.recalled ? <em>{texts.recalled}</em> : contentText(message, texts)}
      </span>
    </span>
  );
}

/** Nothing in a direct chat, whose name says it, and where no name is known: an id says nothing to people. */
function Author({ groupId, userId }: { groupId: string; userId: string }) {
  const texts = useTexts();
  const group = useSeenby().group(groupId);
  const { byId } = useMembers(group);
  const name = byId.get(userId)?.name;
  if (name === undefined || byId.size <= 2) return null;
  return <span className="preview-author">{texts.wrote(isolate(firstWordOf(name)))} </span>;
}

/** A line has no room for more of a name. */
const firstWordOf = (name: string): string =>
  name.split(/\s+/).find((word) => /\p{L}/u.test(word)) ?? name;
