import type { GroupHandle } from '@seenby/client';
import { useGroupState } from '@seenby/client/react';
import { ChartColumn, CheckCheck, SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { BackButton } from '../shell/back-button.tsx';
import { IconButton } from '../shell/icon-button.tsx';
import { useTexts } from '../text/language.tsx';
import { GroupTitle } from './group-title.tsx';
import { useGroupSettings } from './use-group-settings.ts';
import { useRoster } from './use-roster.ts';

const loadSettings = () => import('../settings/group-settings-dialog.tsx');
const loadMembers = () => import('./members-dialog.tsx');
const loadStatistics = () => import('../statistics/statistics-dialog.tsx');

const GroupSettingsDialog = lazy(loadSettings);
const MembersDialog = lazy(loadMembers);
const StatisticsDialog = lazy(loadStatistics);

/** A chat is drawn and connected by then. */
const quietMs = 4000;

/** Has the dialogs at hand when they are asked for, also without a connection. */
function useLoadedDialogs(): void {
  useEffect(() => {
    const timer = setTimeout(
      () => void Promise.allSettled([loadMembers(), loadStatistics(), loadSettings()]),
      quietMs,
    );
    return () => clearTimeout(timer);
  }, []);
}

/** What stands above a conversation: its name, who is in it, and what can be done with it. */
export function GroupHeader({ group }: { group: GroupHandle }) {
  const texts = useTexts();
  const { unreadCount } = useGroupState(group);
  const settings = useGroupSettings(group);
  const roster = useRoster(group);
  const [open, setOpen] = useState<'members' | 'settings' | 'statistics'>();
  const close = () => setOpen(undefined);
  useLoadedDialogs();
  return (
    <header className="group-header">
      <BackButton />
      <GroupTitle {...{ group, roster, settings }} onOpen={() => setOpen('members')} />
      {unreadCount > 0 && (
        <button type="button" className="mark-read" onClick={() => group.markRead()}>
          <CheckCheck aria-hidden size={18} />
          <span>{texts.markRead}</span>
        </button>
      )}
      <IconButton
        icon={ChartColumn}
        label={texts.statistics.title}
        onClick={() => setOpen('statistics')}
      />
      <IconButton
        icon={SlidersHorizontal}
        label={texts.groupSettings}
        onClick={() => setOpen('settings')}
      />
      <Suspense>
        {open === 'members' && <MembersDialog {...{ group, roster, settings }} onClose={close} />}
        {open === 'statistics' && (
          <StatisticsDialog group={group} settings={settings} onClose={close} />
        )}
        {open === 'settings' && <GroupSettingsDialog group={group} onClose={close} />}
      </Suspense>
    </header>
  );
}
