import type { GroupHandle } from '@seenby/client';
import { createContext, useContext } from 'react';
import type { OpenMenu } from './message/open-menu.ts';

/** What every message of a conversation needs, the same for all of them. */
export interface ConversationParts {
  readonly group: GroupHandle;
  /** In a direct chat ticks say it all: there are no names, pictures and counts. */
  readonly isDirect: boolean;
  /** Without it counts cannot be opened. */
  readonly onShowReceipts: ((seq: number) => void) | undefined;
  onMenu(menu: OpenMenu): void;
}

export const ConversationContext = createContext<ConversationParts | undefined>(undefined);

export function useConversation(): ConversationParts {
  const parts = useContext(ConversationContext);
  if (!parts) throw new Error('There is no conversation above this component.');
  return parts;
}
