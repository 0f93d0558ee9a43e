import type { ShownMessage } from '@seenby/client';
import type { ReactNode } from 'react';
import { useTexts } from '../../text/language.tsx';
import { textParts } from './text-parts.ts';

/** What a message says: its words, with links and mentions set off; they stay as they were typed. */
export function MessageContent({ message }: { message: ShownMessage }): ReactNode {
  const texts = useTexts();
  if (message.state === 'sent' && message.recalled) return <em>{texts.recalled}</em>;
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
