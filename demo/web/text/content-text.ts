import type { SentMessage } from '@seenby/client';
import type { Texts } from './en.ts';

/** What is quoted of a message: its words; the content of a voice message is its sound. */
export const contentText = (
  { messageType, content }: Pick<SentMessage, 'messageType' | 'content'>,
  { voice }: Texts,
): string => (messageType === 'voice' ? voice.message : content);
