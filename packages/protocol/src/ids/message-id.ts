/** A message id as its parts. This file needs no schemas: whoever only takes ids apart bundles none. */

export interface MessageAddress {
  groupId: string;
  seq: number;
}

export const toMessageId = ({ groupId, seq }: MessageAddress): string => `${groupId}.${seq}`;

/** Takes what `messageIdSchema` accepts. */
export function fromMessageId(messageId: string): MessageAddress {
  const dot = messageId.lastIndexOf('.');
  return { groupId: messageId.slice(0, dot), seq: Number(messageId.slice(dot + 1)) };
}
