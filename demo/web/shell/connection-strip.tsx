import type { SeenbyClient } from '@seenby/client';
import { useConnection, useSeenby, useSeenbyState } from '@seenby/client/react';
import { CloudOff } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../text/language.tsx';
import { useNow } from './use-now.ts';

/** A reconnect that takes no longer than this is nobody's concern. */
const patienceMs = 1000;

/** Says that there is no connection, what waits for it, and when it is tried again. */
export function ConnectionStrip() {
  const texts = useTexts();
  const client = useSeenby();
  const { state, retryIn } = useConnection();
  const isAway = state !== 'connected';
  const since = useSince(state);
  const awaySince = useSince(isAway ? 'away' : 'here');
  const now = useNow(isAway);
  useSeenbyState();
  if (!isAway || now - awaySince < patienceMs) return null;
  const { messages, reads } = queueOf(client);
  const leftMs = since + (retryIn ?? 0) - now;
  return (
    <div className="connection-strip" role="status">
      <CloudOff aria-hidden size={18} />
      <span>
        <strong>{state === 'waiting' ? texts.offline : texts.reconnecting}</strong>{' '}
        {texts.queued(messages, reads)}
      </span>
      {state === 'waiting' && (
        <>
          {/* A countdown that is read aloud every second helps nobody. */}
          <span aria-hidden>{texts.retryIn(Math.max(0, Math.ceil(leftMs / 1000)))}</span>
          <button type="button" onClick={() => client.connect().catch(() => {})}>
            {texts.retryNow}
          </button>
        </>
      )}
    </div>
  );
}

/** When the value became what it is. */
function useSince(value: string): number {
  const [seen, setSeen] = useState({ value, since: Date.now() });
  if (seen.value !== value) setSeen({ value, since: Date.now() });
  return seen.since;
}

function queueOf(client: SeenbyClient): { messages: number; reads: number } {
  const groups = client.groups().map(({ groupId }) => client.group(groupId));
  const waiting = groups.flatMap(({ messages }) => messages.filter((m) => m.state === 'pending'));
  return {
    messages: waiting.length,
    reads: groups.filter(({ hasPendingReceipts }) => hasPendingReceipts).length,
  };
}
