import type { SentMessage } from '@seenby/client';

/** The message whose menu is open. */
export interface OpenMenu {
  message: SentMessage;
  isOwn: boolean;
  /** What it opens beside. */
  anchor: HTMLElement;
}
