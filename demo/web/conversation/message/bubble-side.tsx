import type { ShownMessage } from '@seenby/client';
import { ReadBy } from '@seenby/client/react';
import { Ellipsis } from 'lucide-react';
import { useTexts } from '../../text/language.tsx';
import { useConversation } from '../conversation-context.ts';

export interface BubbleSideProps {
  message: ShownMessage;
  /** Undefined where nothing can be done with the message. */
  onMenu: ((anchor: HTMLElement) => void) | undefined;
}

/**
 * Beside a message: how many have read it and the way to its menu. The counts of others' messages show
 * under the pointer or with the focus only. It has its room from the start, so nothing moves by it.
 */
export function BubbleSide({ message, onMenu }: BubbleSideProps) {
  const texts = useTexts();
  const { group, isDirect, onShowReceipts } = useConversation();
  return (
    <div className="bubble-side">
      {onMenu && (
        <button
          type="button"
          className="icon more"
          tabIndex={-1}
          aria-label={texts.moreActions}
          aria-haspopup="menu"
          onClick={({ currentTarget }) => onMenu(currentTarget)}
        >
          <Ellipsis aria-hidden size={16} />
        </button>
      )}
      {onMenu && !isDirect && message.state === 'sent' && (
        <ReadBy group={group} seq={message.seq} onOpen={({ seq }) => onShowReceipts?.(seq)} />
      )}
    </div>
  );
}
