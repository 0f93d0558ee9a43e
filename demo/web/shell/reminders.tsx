import type { ClientEvents } from '@seenby/client';
import { useSeenby } from '@seenby/client/react';
import { BellRing, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useChatTitle } from '../direct/use-direct-chat.ts';
import { useNameOf } from '../members/use-name-of.ts';
import { useTexts } from '../text/language.tsx';
import { IconButton } from './icon-button.tsx';
import { go } from './route.ts';

type Reminder = ClientEvents['reminder'];

/** Somebody asks the user to read a message: one at a time, until it is seen or put away. */
export function Reminders() {
  const client = useSeenby();
  const [reminder, setReminder] = useState<Reminder>();
  useEffect(() => client.on('reminder', setReminder), [client]);
  if (!reminder) return null;
  return <ReminderToast reminder={reminder} onClose={() => setReminder(undefined)} />;
}

function ReminderToast({ reminder, onClose }: { reminder: Reminder; onClose(): void }) {
  const texts = useTexts();
  const { groupId, fromUserId } = reminder;
  const name = useNameOf(groupId, fromUserId);
  const { name: groupName } = useChatTitle(groupId);
  const show = () => {
    go({ view: 'group', groupId });
    onClose();
  };
  return (
    <div className="toast" role="status">
      <BellRing aria-hidden size={18} />
      <span>{texts.reminder(name, groupName)}</span>
      <button type="button" onClick={show}>
        {texts.show}
      </button>
      <IconButton icon={X} size={16} label={texts.close} onClick={onClose} />
    </div>
  );
}
