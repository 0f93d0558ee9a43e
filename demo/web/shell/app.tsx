import { SeenbyClient } from '@seenby/client';
import { SeenbyProvider } from '@seenby/client/react';
import { useEffect, useState } from 'react';
import type { PageConfig } from '../page-config.ts';
import { pageStorage } from '../page-storage.ts';
import type { Identity, SignIn } from '../sign-in/identity.ts';
import { signInFor } from '../sign-in/sign-in-for.ts';
import { SignInForm } from '../sign-in/sign-in-form.tsx';
import { useTexts } from '../text/language.tsx';
import { Chat } from './chat.tsx';
import { PageContext } from './page-context.ts';

/** From the address of the service to somebody who is signed in. */
export function App({ loading }: { loading: Promise<PageConfig> }) {
  const texts = useTexts();
  const [config, setConfig] = useState<PageConfig>();
  const [signIn, setSignIn] = useState<SignIn>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const loaded = (found: PageConfig) => {
      setConfig(found);
      setSignIn(signInFor(found));
    };
    loading.then(loaded).catch(() => setFailed(true));
  }, [loading]);

  if (failed) {
    return (
      <main className="alone">
        <p role="alert">{texts.pageFailed}</p>
        <button type="button" className="primary" onClick={() => location.reload()}>
          {texts.retry}
        </button>
      </main>
    );
  }
  if (!config || !signIn) return <p className="alone">{texts.connecting}</p>;
  if (signIn.kind === 'signedIn') return <SignedIn config={config} identity={signIn.identity} />;
  const signedIn = (identity: Identity) => setSignIn({ kind: 'signedIn', identity });
  return <SignInForm signIn={signIn} onSignedIn={signedIn} />;
}

function SignedIn({ config, identity }: { config: PageConfig; identity: Identity }) {
  const [client, setClient] = useState<SeenbyClient>();
  useEffect(() => {
    const own = new SeenbyClient({
      url: config.wsUrl,
      httpUrl: config.httpUrl,
      getToken: () => identity.getToken(),
      storage: pageStorage,
    });
    // It goes on trying by itself; the page shows how its connection is.
    own.connect().catch(() => {});
    setClient(own);
    return () => void own.close();
  }, [config, identity]);
  if (!client) return null;
  return (
    <PageContext value={{ config, identity }}>
      <SeenbyProvider client={client}>
        <Chat />
      </SeenbyProvider>
    </PageContext>
  );
}
