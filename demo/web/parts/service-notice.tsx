import { useSeenby } from '@seenby/client/react';
import { CloudOff, LoaderCircle, LockKeyhole } from 'lucide-react';
import { usePage } from '../shell/page-context.ts';
import { useTexts } from '../text/language.tsx';
import { Notice } from './notice.tsx';
import type { ServiceState } from './use-service.ts';

/** Why nothing is here yet: it is being loaded, the service is not reached, or it refuses the user. */
export function ServiceNotice({ state }: { state: Exclude<ServiceState, 'ready'> }) {
  const texts = useTexts();
  const client = useSeenby();
  const { signOut } = usePage().identity;
  const retry = () => client.connect().catch(() => {});
  if (state === 'loading') return <Notice icon={LoaderCircle} title={texts.connecting} />;
  if (state === 'offline') {
    return (
      <Notice icon={CloudOff} title={texts.offline} hint={texts.offlineHint}>
        <button type="button" onClick={retry}>
          {texts.retryNow}
        </button>
      </Notice>
    );
  }
  return (
    <Notice icon={LockKeyhole} title={texts.refused} hint={texts.refusedHint}>
      <button type="button" onClick={signOut ?? retry}>
        {signOut ? texts.signInAgain : texts.retryNow}
      </button>
    </Notice>
  );
}
