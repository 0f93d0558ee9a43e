import type { GroupHandle } from '@seenby/client';
import { Readers, useGroupState } from '@seenby/client/react';
import { contentText } from '../text/content-text.ts';
import { useTexts } from '../text/language.tsx';

export interface ReceiptPanelProps {
  group: GroupHandle;
  seq: number;
}

/** A message, and who has read it, who has it, and who has not got it yet, with the times; live. */
export default function ReceiptPanel({ group, seq }: ReceiptPanelProps) {
  const texts = useTexts();
  const { messages } = useGroupState(group);
  const message = messages.find((each) => each.state === 'sent' && each.seq === seq);
  return (
    <>
      {message && <blockquote dir="auto">{contentText(message, texts)}</blockquote>}
      <Readers className="readers" group={group} seq={seq} />
    </>
  );
}
