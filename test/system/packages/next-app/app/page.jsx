import { SeenbyError } from '@seenby/client';
import { Ticks } from '@seenby/client/react';
import { Chat } from './chat/chat.jsx';

/** Rendered on the server alone, where the package may be imported as well. */
export default function Page() {
  return (
    <main>
      <h1>{new SeenbyError('OFFLINE', 'There is no connection.').code}</h1>
      <Chat>
        <Ticks groupId="team" seq={1} />
      </Chat>
    </main>
  );
}
