import { useGroups } from '@seenby/client/react';
import { MessagesSquare } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { GroupView } from '../conversation/group-view.tsx';
import { MayBreak } from '../parts/may-break.tsx';
import { Notice } from '../parts/notice.tsx';
import { ServiceNotice } from '../parts/service-notice.tsx';
import { SkipLink } from '../parts/skip-link.tsx';
import { useService } from '../parts/use-service.ts';
import { RecallContext, useDelayedRecalls } from '../recall/use-recalls.ts';
import { Sidebar } from '../sidebar/sidebar.tsx';
import { useWelcome } from '../simulator/use-welcome.ts';
import { useTexts } from '../text/language.tsx';
import { AllReadAnnouncer } from './all-read-announcer.tsx';
import { ConnectionStrip } from './connection-strip.tsx';
import { Reminders } from './reminders.tsx';
import { hashOf, type Route, useRoute } from './route.ts';
import { useBadges } from './use-badges.ts';
import { useTheme } from './use-theme.ts';

const SimulatorView = lazy(() => import('../simulator/simulator-view.tsx'));

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
        <SkipLink />
        <Sidebar theme={theme} />
        <div className="main-pane">
          <ConnectionStrip />
          <MayBreak key={hashOf(withoutPanel(route))}>
            <Suspense>
              <Shown route={route} />
            </Suspense>
          </MayBreak>
        </div>
        <Reminders />
        <AllReadAnnouncer />
      </div>
    </RecallContext>
  );
}

/** Which messages are one's own is known once the service has said who one is. */
function Shown({ route }: { route: Route }) {
  const service = useService();
  if (route.view === 'simulator') return <SimulatorView />;
  if (service !== 'ready') {
    return (
      <main className="alone" tabIndex={-1}>
        <ServiceNotice state={service} />
      </main>
    );
  }
  if (route.view === 'list') return <NothingOpen />;
  return <GroupView groupId={route.groupId} panel={route.panel} />;
}

function NothingOpen() {
  const texts = useTexts();
  const groups = useGroups();
  return (
    <main className="alone" tabIndex={-1}>
      <Notice
        icon={MessagesSquare}
        title={groups.length > 0 ? texts.chooseGroup : texts.nothingOpen}
        hint={groups.length > 0 ? texts.chooseGroupHint : texts.noGroupsHint}
      />
    </main>
  );
}

const withoutPanel = (route: Route): Route =>
  route.view === 'group' ? { view: 'group', groupId: route.groupId } : route;
