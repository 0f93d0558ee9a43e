import type { SentMessage } from '@seenby/client';
import { Ellipsis } from 'lucide-react';
import { useTexts } from '../../text/language.tsx';
import { useConversation } from '../conversation-context.ts';
import { ReceiptStatus } from './receipt-status.tsx';

export interface BubbleSideProps {
  message: SentMessage;
  onMenu(anchor: HTMLElement): void;
}

/**
 * Beside a message: how many have read it and the way to its menu. The counts of others' messages show
 * under the pointer or with the focus only. It takes no room of its own, so nothing moves by it.
 */
export function BubbleSide({ message, onMenu }: BubbleSideProps) {
  const texts = useTexts();
  const { group, isDirect, onShowReceipts } = useConversation();
  return (
    <div className="bubble-side">
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
      {!isDirect && <ReceiptStatus {...{ group, message, onShowReceipts }} />}
    </div>
  );
}
