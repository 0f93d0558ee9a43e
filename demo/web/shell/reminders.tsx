import type { ClientEvents } from '@seenby/client';
import { useSeenby } from '@seenby/client/react';
import { BellRing, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../text/language.tsx';
import { IconButton } from './icon-button.tsx';
import { go } from './route.ts';

type Reminder = ClientEvents['reminder'];

/** Somebody asks the user to read a message: one at a time, until it is seen or put away. */
export function Reminders() {
  const texts = useTexts();
  const client = useSeenby();
  const [reminder, setReminder] = useState<Reminder>();
  useEffect(() => client.on('reminder', setReminder), [client]);
  if (!reminder) return null;
  const { groupId, fromUserId } = reminder;
  const show = () => {
    go({ view: 'group', groupId });
    setReminder(undefined);
  };
  return (
    <div className="toast" role="status">
      <BellRing aria-hidden size={18} />
      <span>{texts.reminder(fromUserId)}</span>
      <button type="button" onClick={show}>
        {texts.show}
      </button>
      <IconButton icon={X} size={16} label={texts.close} onClick={() => setReminder(undefined)} />
    </div>
  );
}
