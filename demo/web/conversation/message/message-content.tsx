import type { ShownMessage } from '@seenby/client';
import type { ReactNode } from 'react';
import { useTexts } from '../../text/language.tsx';
import { VoiceMessage } from '../../voice/voice-message.tsx';
import { useConversation } from '../conversation-context.ts';
import { textParts } from './text-parts.ts';

export interface MessageContentProps {
  message: ShownMessage;
  isOwn: boolean;
}

/** What a message says: its words, with links and mentions set off; they stay as they were typed. */
export function MessageContent({ message, isOwn }: MessageContentProps): ReactNode {
  const texts = useTexts();
  const { group } = useConversation();
  if (message.state === 'sent' && message.recalled) return <em>{texts.recalled}</em>;
  if (message.messageType === 'voice') return <VoiceMessage {...{ group, message, isOwn }} />;
  return textParts(message.content, message.mentions !== undefined).map(({ kind, text, at }) => {
    if (kind === 'mention') return <strong key={at}>{text}</strong>;
    if (kind === 'text') return text;
    return (
      <a key={at} href={text} target="_blank" rel="noopener noreferrer">
        {text}
      </a>
    );
  });
}
