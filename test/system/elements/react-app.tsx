import type { GroupHandle, SeenbyClient } from '@seenby/client';
import { Badge, Facepile, ReadBy, Readers, SeenbyProvider, Ticks } from '@seenby/client/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

interface ChatProps {
  group: GroupHandle;
}

function Chat({ group }: ChatProps) {
  const [opened, setOpened] = useState<number>();
  const [failed, setFailed] = useState(true);
  return (
    <>
      <Ticks group={group} seq={1} className="mine" id="by-group" />
      <Ticks groupId="team" seq={1} id="by-id" />
      <Ticks failed={failed} id="failed" />
      <ReadBy group={group} seq={1} onOpen={({ seq }) => setOpened(seq)} />
      <Facepile group={group} seq={1} max={2} />
      <Badge groupId="team" />
      <button type="button" onClick={() => setFailed(false)}>
        Try again
      </button>
      {opened && <Readers group={group} seq={opened} style={{ height: 400 }} />}
    </>
  );
}

/** Called by the test, with a client and a group that do what it says. */
export function mount(element: HTMLElement, client: SeenbyClient, group: GroupHandle): () => void {
  const root = createRoot(element);
  root.render(
    <StrictMode>
      <SeenbyProvider client={client}>
        <Chat group={group} />
      </SeenbyProvider>
    </StrictMode>,
  );
  return () => root.unmount();
}
