import type { GroupHandle, SentMessage } from '@seenby/client';
import { useReceipt } from '@seenby/client/react';
import { useTexts } from '../../text/language.tsx';
import { othersOf } from './others-of.ts';
import { Ring } from './ring.tsx';

export interface ReceiptStatusProps {
  group: GroupHandle;
  message: SentMessage;
  onShowReceipts: ((seq: number) => void) | undefined;
}

/** How many have read a message. */
export function ReceiptStatus({ group, message: { seq }, onShowReceipts }: ReceiptStatusProps) {
  const texts = useTexts();
  const receipt = useReceipt(group, seq);
  if (!receipt) return null;
  const { read, unread } = othersOf(receipt);
  return (
    <button
      type="button"
      className="receipt-status"
      data-status={receipt.status}
      data-read={read}
      data-unread={unread}
      tabIndex={-1}
      disabled={!onShowReceipts}
      onClick={() => onShowReceipts?.(seq)}
    >
      <Ring share={read / Math.max(1, read + unread)} />
      <span aria-hidden>
        {read}/{read + unread}
      </span>
      <span className="sr-only">{texts.readUnread(read, unread)}</span>
    </button>
  );
}
