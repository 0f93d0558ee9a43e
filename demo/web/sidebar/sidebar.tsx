import { useSeenbyState } from '@seenby/client/react';
import { FlaskConical, Settings, SquarePen } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { IconButton } from '../shell/icon-button.tsx';
import { usePage } from '../shell/page-context.ts';
import { go, useRoute } from '../shell/route.ts';
import type { ThemeChoice } from '../shell/use-theme.ts';
import { useTexts } from '../text/language.tsx';
import { Avatar } from './avatar.tsx';
import { GroupList } from './group-list.tsx';

const SettingsDialog = lazy(() => import('../settings/settings-dialog.tsx'));
const NewGroupDialog = lazy(() => import('./new-group-dialog.tsx'));

/** All chats with their unread counts, and the way to everything else. */
export function Sidebar({ theme }: { theme: ThemeChoice }) {
  const texts = useTexts();
  const route = useRoute();
  const [open, setOpen] = useState<'settings' | 'newGroup'>();
  const close = () => setOpen(undefined);
  const newGroup = () => setOpen('newGroup');
  return (
    <nav className="sidebar" aria-label={texts.chats}>
      <header>
        <p className="brand" aria-hidden>
          Seenby
        </p>
        <IconButton icon={SquarePen} label={texts.newChat} onClick={newGroup} />
        <IconButton icon={Settings} label={texts.settings} onClick={() => setOpen('settings')} />
      </header>
      <GroupList openId={route.view === 'group' ? route.groupId : undefined} onNew={newGroup} />
      <footer>
        <SignedInUser />
        <button
          type="button"
          aria-current={route.view === 'simulator' ? 'page' : undefined}
          onClick={() => go({ view: 'simulator' })}
        >
          <FlaskConical aria-hidden size={18} />
          {texts.simulator}
        </button>
      </footer>
      <Suspense>
        {open === 'settings' && <SettingsDialog theme={theme} onClose={close} />}
        {open === 'newGroup' && <NewGroupDialog onClose={close} />}
      </Suspense>
    </nav>
  );
}

function SignedInUser() {
  const texts = useTexts();
  const { identity } = usePage();
  const { userId } = useSeenbyState();
  const name = identity.name || userId || '…';
  return (
    <span className="signed-in">
      <Avatar id={userId ?? ''} name={name} size={30} />
      <span className="sr-only">{texts.signedInAs(name)}</span>
      <span aria-hidden dir="auto">
        {name}
      </span>
    </span>
  );
}
