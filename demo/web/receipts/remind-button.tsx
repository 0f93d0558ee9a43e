import { type GroupHandle, SeenbyError } from '@seenby/client';
import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { useNow } from '../shell/use-now.ts';
import { useTexts } from '../text/language.tsx';
import { problemText } from '../text/problems/problem-text.ts';
import { countdown } from '../text/times.ts';

/** The service lets a message be reminded of this often. */
const coolDownMs = 5 * 60_000;

/** When each message may be reminded of again, whether or not its panel is open. */
const againAt = new Map<string, number>();

export interface RemindButtonProps {
  group: GroupHandle;
  seq: number;
  unread: number;
}

/** Reminds those who have not read; says how many that were, and when it may be done again. */
export function RemindButton({ group, seq, unread }: RemindButtonProps) {
  const texts = useTexts();
  const key = `${group.groupId}.${seq}`;
  const [said, setSaid] = useState('');
  const now = useNow();
  const leftMs = (againAt.get(key) ?? 0) - now;
  const isCooling = leftMs > 0;
  const remind = async () => {
    try {
      const { reminded, reached } = await group.remindUnread(seq);
      againAt.set(key, Date.now() + coolDownMs);
      setSaid(texts.reminded(reminded, reached));
    } catch (cause) {
      const wait = cause instanceof SeenbyError ? cause.retryAfterMs : undefined;
      if (wait !== undefined) againAt.set(key, Date.now() + wait);
      setSaid(problemText(texts, cause, 'remind'));
    }
  };
  return (
    <footer className="remind">
      <button type="button" disabled={unread === 0 || isCooling} onClick={remind}>
        <BellRing aria-hidden size={16} />
        {isCooling ? texts.remindAgainIn(countdown(leftMs)) : texts.remind(unread)}
      </button>
      <span role="status">{said}</span>
    </footer>
  );
}
