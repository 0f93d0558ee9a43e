import type { GroupHandle, ShownMessage } from '@seenby/client';
import { useReceipt } from '@seenby/client/react';
import { MicOff } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../text/language.tsx';
import { noteHeard, wasHeard } from './heard-messages.ts';
import { PlayedBy } from './played-by.tsx';
import { usePlayed } from './use-played.ts';
import { clipOf } from './voice-clip.ts';
import { VoicePlayer } from './voice-player.tsx';

export interface VoiceMessageProps {
  group: GroupHandle;
  message: ShownMessage;
  isOwn: boolean;
}

/** A voice message as one hears it: others' are marked as played, and one's own says who has played it. */
export function VoiceMessage({ group, message, isOwn }: VoiceMessageProps) {
  const { voice } = useTexts();
  const clip = clipOf(message);
  const sent = message.state === 'sent' ? message : undefined;
  const [isHeard, setIsHeard] = useState(
    () => isOwn || sent === undefined || wasHeard(sent.messageId),
  );
  const played = () => {
    if (isOwn || !sent) return;
    // It says so once more each time: what was told already changes nothing.
    group.markPlayed(sent.seq);
    noteHeard(sent.messageId);
    setIsHeard(true);
  };
  if (!clip) {
    return (
      <span className="voice-broken">
        <MicOff aria-hidden size={18} />
        {voice.notPlayable}
      </span>
    );
  }
  return (
    <span className="voice-message" data-heard={isHeard}>
      <VoicePlayer clip={clip} isHeard={isHeard} onPlayed={played} />
      {isOwn && sent && <OwnPlayed group={group} seq={sent.seq} />}
    </span>
  );
}

function OwnPlayed({ group, seq }: { group: GroupHandle; seq: number }) {
  const { userIds, isPartial } = usePlayed(group, seq);
  const receipt = useReceipt(group, seq);
  const others = receipt ? receipt.total - 1 : undefined;
  return <PlayedBy count={userIds.size} isPartial={isPartial} others={others} />;
}
