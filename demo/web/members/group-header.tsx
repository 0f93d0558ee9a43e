import type { GroupHandle } from '@seenby/client';
import { useGroupState } from '@seenby/client/react';
import { CheckCheck, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { GroupSettingsDialog } from '../settings/group-settings-dialog.tsx';
import { BackButton } from '../shell/back-button.tsx';
import { IconButton } from '../shell/icon-button.tsx';
import { useTexts } from '../text/language.tsx';
import { GroupTitle } from './group-title.tsx';
import { MembersDialog } from './members-dialog.tsx';
import { useGroupSettings } from './use-group-settings.ts';

/** What stands above a conversation: its name, who is in it, and what can be done with it. */
export function GroupHeader({ group }: { group: GroupHandle }) {
  const texts = useTexts();
  const { unreadCount } = useGroupState(group);
  const settings = useGroupSettings(group);
  const [open, setOpen] = useState<'members' | 'settings'>();
  const close = () => setOpen(undefined);
  return (
    <header className="group-header">
      <BackButton />
      <GroupTitle group={group} settings={settings} onOpen={() => setOpen('members')} />
      {unreadCount > 0 && (
        <button type="button" className="mark-read" onClick={() => group.markRead()}>
          <CheckCheck aria-hidden size={18} />
          <span>{texts.markRead}</span>
        </button>
      )}
      <IconButton
        icon={SlidersHorizontal}
        label={texts.groupSettings}
        onClick={() => setOpen('settings')}
      />
      {open === 'members' && <MembersDialog group={group} settings={settings} onClose={close} />}
      {open === 'settings' && <GroupSettingsDialog group={group} onClose={close} />}
    </header>
  );
}
