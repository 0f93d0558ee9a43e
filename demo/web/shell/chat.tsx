import { useGroups, useSeenbyState } from '@seenby/client/react';
import { GroupView } from '../conversation/group-view.tsx';
import { RecallContext, useDelayedRecalls } from '../recall/use-recalls.ts';
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
  const theme = useTheme();
  useBadges();
  useWelcome();
  const recalls = useDelayedRecalls();
  return (
    <RecallContext value={recalls}>
      <div className="shell" data-view={route.view}>
        <Sidebar theme={theme} />
        <div className="main-pane">
          <ConnectionStrip />
          {route.view === 'simulator' && <SimulatorView />}
          {route.view === 'group' && <OpenGroup groupId={route.groupId} />}
          {route.view === 'list' && <NothingOpen />}
        </div>
        <Reminders />
        <AllReadAnnouncer />
      </div>
    </RecallContext>
  );
}

/** Which messages are one's own is known once the service has said who one is. */
function OpenGroup({ groupId }: { groupId: string }) {
  const texts = useTexts();
  const { userId } = useSeenbyState();
  if (userId === undefined) return <main className="alone">{texts.connecting}</main>;
  return <GroupView key={groupId} groupId={groupId} />;
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
