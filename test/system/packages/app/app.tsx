import type { SeenbyClient } from '@seenby/client';
import {
  SeenbyProvider,
  useConnection,
  useGroup,
  useGroupState,
  useReceipt,
  useTotalUnread,
} from '@seenby/client/react';

export const App = ({ client }: { client: SeenbyClient }) => (
  <SeenbyProvider client={client}>
    <Conversation />
  </SeenbyProvider>
);

function Conversation() {
  const { state } = useConnection();
  const unread = useTotalUnread();
  const group = useGroup('team');
  const { messages } = useGroupState(group);
  const receipt = useReceipt(group, 1);
  return (
    <p>
      {state}: {unread} unread of {messages.length}, read by {receipt?.read ?? 'nobody'}
    </p>
  );
}
