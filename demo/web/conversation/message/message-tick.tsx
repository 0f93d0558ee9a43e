import type { ShownMessage } from '@seenby/client';
import { useReceipt } from '@seenby/client/react';
import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react';
import { memo } from 'react';
import { useTexts } from '../../text/language.tsx';
import { useConversation } from '../conversation-context.ts';

/** How far one's own message has come: clock, ✓, ✓✓, coloured ✓✓. */
export function MessageTick({ message }: { message: ShownMessage }) {
  if (message.state !== 'sent') return <Tick status={message.state} />;
  return message.recalled ? null : <SentTick seq={message.seq} />;
}

function SentTick({ seq }: { seq: number }) {
  const { group } = useConversation();
  return <Tick status={useReceipt(group, seq)?.status ?? 'sent'} />;
}

const icons = {
  pending: Clock3,
  failed: CircleAlert,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
};

export const Tick = memo(function Tick({ status }: { status: keyof typeof icons }) {
  const texts = useTexts();
  const Icon = icons[status];
  return <Icon className={`tick ${status}`} size={16} role="img" aria-label={texts[status]} />;
});
