import type { GroupHandle, ShownMessage } from '@seenby/client';
import { Facepile, ReadBy, Ticks, useSeenbyState } from '@seenby/client/react';

interface MessageLineProps {
  group: GroupHandle;
  message: ShownMessage;
  onChoose: (seq: number) => void;
}

/** A message with its ticks and counts, and the faces of those who have read up to it. */
export function MessageLine({ group, message, onChoose }: MessageLineProps) {
  const { userId } = useSeenbyState();
  const isOwn = message.senderId === userId;
  if (message.state !== 'sent') {
    return (
      <li className="own">
        <p dir="auto">{message.content}</p>
        <Ticks group={group} message={message} />
      </li>
    );
  }
  const { seq } = message;
  return (
    <li className={isOwn ? 'own' : undefined} data-seq={seq}>
      {!isOwn && <b>{message.senderId}</b>}
      <p dir="auto">{message.recalled ? 'Recalled' : message.content}</p>
      {isOwn && <Ticks group={group} seq={seq} />}
      <ReadBy group={group} seq={seq} onOpen={() => onChoose(seq)} />
      <Facepile group={group} seq={seq} />
    </li>
  );
}
