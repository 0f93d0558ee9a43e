import type { GroupHandle } from '@seenby/client';
import { useGroupState } from '@seenby/client/react';
import { CheckCheck, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { GroupSettingsDialog } from '../settings/group-settings-dialog.tsx';
import { BackButton } from '../shell/back-button.tsx';
import { IconButton } from '../shell/icon-button.tsx';
import { useTexts } from '../text/language.tsx';

/** What stands above a conversation: its name, who is in it, and what can be done with it. */
export function GroupHeader({ group }: { group: GroupHandle }) {
  const texts = useTexts();
  const { status, unreadCount } = useGroupState(group);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <header className="group-header">
      <BackButton />
      <h2>{status?.name}</h2>
      {unreadCount > 0 && (
        <button type="button" onClick={() => group.markRead()}>
          <CheckCheck aria-hidden size={18} />
          {texts.markRead}
        </button>
      )}
      <IconButton
        icon={SlidersHorizontal}
        label={texts.groupSettings}
        onClick={() => setIsOpen(true)}
      />
      {isOpen && <GroupSettingsDialog group={group} onClose={() => setIsOpen(false)} />}
    </header>
  );
}
