import type { LastMessage } from '@seenby/client';
import { Ticks, useSeenby } from '@seenby/client/react';
import type { Texts } from '../text/en.ts';
import { useTexts } from '../text/language.tsx';

/** The newest message of a chat in one line: how far one's own has come, or who wrote it. */
export function Preview({
  groupId,
  message,
}: {
  groupId: string;
  message: LastMessage | undefined;
}) {
  const texts = useTexts();
  const { userId } = useSeenby();
  if (!message) return <span className="preview">{texts.noMessagesYet}</span>;
  const isOwn = message.senderId === userId;
  return (
    <span className="preview">
      {isOwn && !message.recalled && <Ticks {...{ groupId }} seq={message.seq} />}
      <span className="preview-text" dir="auto">
        {isOwn && <span className="preview-author">{texts.youWrote} </span>}
        {message.recalled ? <em>{texts.recalled}</em> : contentOf(message, texts)}
      </span>
    </span>
  );
}

/** The content of a voice message is its sound. */
const contentOf = ({ messageType, content }: LastMessage, { voice }: Texts): string =>
  messageType === 'voice' ? voice.message : content;
