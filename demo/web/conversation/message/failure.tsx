import type { FailedMessage } from '@seenby/client';
import { CircleAlert } from 'lucide-react';
import { useTexts } from '../../text/language.tsx';
import { problemText } from '../../text/problems/problem-text.ts';
import { useConversation } from '../conversation-context.ts';

/** Why a message was not sent; it can be tried again or dropped. */
export function Failure({ message: { clientMessageId, error } }: { message: FailedMessage }) {
  const texts = useTexts();
  const { group } = useConversation();
  return (
    <span className="failure">
      <CircleAlert aria-hidden size={14} />
      {problemText(texts, error, 'send')}
      <button type="button" onClick={() => group.retry(clientMessageId)}>
        {texts.retry}
      </button>
      <button type="button" onClick={() => group.discard(clientMessageId)}>
        {texts.discard}
      </button>
    </span>
  );
}
