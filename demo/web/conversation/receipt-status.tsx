import type { GroupHandle, ShownMessage } from '@seenby/client';
import { useReceipt } from '@seenby/client/react';
import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react';
import { memo } from 'react';
import { useTexts } from '../text/language.tsx';
import { othersOf } from './others-of.ts';
import { Ring } from './ring.tsx';

export interface ReceiptStatusProps {
  group: GroupHandle;
  message: ShownMessage;
  isOwn: boolean;
  onShowReceipts: ((seq: number) => void) | undefined;
}

/** How far a message has come: clock, ✓, ✓✓, coloured ✓✓; and how many have read it. */
export function ReceiptStatus({ message, ...props }: ReceiptStatusProps) {
  if (message.state !== 'sent') return <Tick status={message.state} />;
  return <Receipt seq={message.seq} {...props} />;
}

type ReceiptProps = Omit<ReceiptStatusProps, 'message'> & { seq: number };

function Receipt({ group, seq, isOwn, onShowReceipts }: ReceiptProps) {
  const texts = useTexts();
  const receipt = useReceipt(group, seq);
  if (!receipt) return isOwn && <Tick status="sent" />;
  const { read, unread } = othersOf(receipt);
  return (
    <button
      type="button"
      className="receipt-status"
      data-status={receipt.status}
      data-read={read}
      data-unread={unread}
      disabled={!onShowReceipts}
      onClick={() => onShowReceipts?.(seq)}
    >
      {isOwn && <Tick status={receipt.status} />}
      <Ring share={read / Math.max(1, read + unread)} />
      {texts.readUnread(read, unread)}
    </button>
  );
}

const icons = {
  pending: Clock3,
  failed: CircleAlert,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
};

const Tick = memo(function Tick({ status }: { status: keyof typeof icons }) {
  const texts = useTexts();
  const Icon = icons[status];
  return <Icon className={`tick ${status}`} size={16} role="img" aria-label={texts[status]} />;
});
