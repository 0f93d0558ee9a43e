import type { ClientEvents, GroupHandle, SentMessage } from '@seenby/client';
import { useSeenby } from '@seenby/client/react';
import { useEffect, useState } from 'react';
import { contentText } from '../text/content-text.ts';
import { useTexts } from '../text/language.tsx';

const quotedCharacters = 60;

/**
 * Tells a screen reader, once for each message, that everybody has read it. Counts on their way there
 * are not told: they would never stop.
 */
export function AllReadAnnouncer() {
  const texts = useTexts();
  const client = useSeenby();
  const [read, setRead] = useState<SentMessage>();
  useEffect(() => {
    const underWay = new Set<string>();
    return client.on('receipt', ({ groupId, ranges }) => {
      const group = client.group(groupId);
      for (const message of ownMessagesOf(group, ranges, client.userId)) {
        const isRead = group.getReceipt(message.seq)?.status === 'read';
        if (!isRead) underWay.add(message.messageId);
        // One that was read before the page came to it is no news.
        else if (underWay.delete(message.messageId)) setRead(message);
      }
    });
  }, [client]);
  return (
    <div className="sr-only" role="status" data-announces="all-read">
      {/* A node of its own for each, or the same words would not be told again. */}
      {read && (
        <p key={read.messageId}>
          {texts.everyoneRead(contentText(read, texts).slice(0, quotedCharacters))}
        </p>
      )}
    </div>
  );
}

function ownMessagesOf(
  group: GroupHandle,
  ranges: ClientEvents['receipt']['ranges'],
  userId: string | undefined,
): SentMessage[] {
  return group.messages.filter(
    (message): message is SentMessage =>
      message.state === 'sent' &&
      message.senderId === userId &&
      ranges.some(({ from, to }) => message.seq >= from && message.seq <= to),
  );
}
