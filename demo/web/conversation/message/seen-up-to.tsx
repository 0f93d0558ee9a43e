import { Facepile } from '@seenby/client/react';
import { useConversation } from '../conversation-context.ts';

const maxFaces = 2;

/** At the margin of a message: those who have read up to it and no farther. */
export function SeenUpTo({ seq }: { seq: number }) {
  const { group, onShowReceipts } = useConversation();
  return (
    <Facepile
      className="seen-up-to"
      group={group}
      seq={seq}
      max={maxFaces}
      onOpen={(detail) => onShowReceipts?.(detail.seq)}
    />
  );
}
