import { useGroups, useSeenbyState } from '../../client/react.ts';
import { GroupView } from '../conversation/group-view.tsx';
import { Sidebar } from '../sidebar/sidebar.tsx';
import { SimulatorView } from '../simulator/simulator-view.tsx';
import { useWelcome } from '../simulator/use-welcome.ts';
import { useTexts } from '../text/language.tsx';
import { AllReadAnnouncer } from './all-read-announcer.tsx';
import { ConnectionStrip } from './connection-strip.tsx';
import { Reminders } from './reminders.tsx';
import { useRoute } from './route.ts';
import { useBadges } from './use-badges.ts';
import { useTheme } from './use-theme.ts';

/** The page of somebody who is signed in: the list of chats, and what is open beside it. */
export function Chat() {
  const route = useRoute();
  const { userId } = useSeenbyState();
  const theme = useTheme();
  useBadges();
  useWelcome();
  return (
    <div className="shell" data-view={route.view}>
      <Sidebar theme={theme} />
      <div className="stage">
        <ConnectionStrip />
        {route.view === 'simulator' && <SimulatorView />}
        {route.view === 'group' && userId !== undefined && (
          <GroupView key={route.groupId} groupId={route.groupId} />
        )}
        {route.view === 'list' && <NothingOpen />}
      </div>
      <Reminders />
      <AllReadAnnouncer />
    </div>
  );
}

function NothingOpen() {
  const texts = useTexts();
  const groups = useGroups();
  return (
    <main className="alone">
      <p>{groups.length > 0 ? texts.chooseGroup : texts.noGroups}</p>
    </main>
  );
}
