import { useGroups, useSeenbyState } from '@seenby/client/react';
import { FlaskConical, Settings, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { IconButton } from '../shell/icon-button.tsx';
import { usePage } from '../shell/page-context.ts';
import { go, useRoute } from '../shell/route.ts';
import type { ThemeChoice } from '../shell/use-theme.ts';
import { useTexts } from '../text/language.tsx';
import { GroupRow } from './group-row.tsx';
import { NewGroupDialog } from './new-group-dialog.tsx';

/** All chats with their unread counts, and the way to everything else. */
export function Sidebar({ theme }: { theme: ThemeChoice }) {
  const texts = useTexts();
  const groups = useGroups();
  const route = useRoute();
  const [open, setOpen] = useState<'settings' | 'newGroup'>();
  const close = () => setOpen(undefined);
  return (
    <nav className="sidebar" aria-label={texts.chats}>
      <header>
        <h1>Seenby</h1>
        <IconButton icon={SquarePen} label={texts.newChat} onClick={() => setOpen('newGroup')} />
        <IconButton icon={Settings} label={texts.settings} onClick={() => setOpen('settings')} />
      </header>
      <ul className="groups">
        {groups.map((group) => (
          <GroupRow
            key={group.groupId}
            group={group}
            isOpen={route.view === 'group' && route.groupId === group.groupId}
          />
        ))}
      </ul>
      <footer>
        <SignedInUser />
        <button
          type="button"
          className={route.view === 'simulator' ? 'primary' : ''}
          onClick={() => go({ view: 'simulator' })}
        >
          <FlaskConical aria-hidden size={18} />
          {texts.simulator}
        </button>
      </footer>
      {open === 'settings' && <SettingsDialog theme={theme} onClose={close} />}
      {open === 'newGroup' && <NewGroupDialog onClose={close} />}
    </nav>
  );
}

function SignedInUser() {
  const texts = useTexts();
  const { identity } = usePage();
  const { userId } = useSeenbyState();
  return <span className="signed-in">{texts.signedInAs(identity.name || userId || '…')}</span>;
}
