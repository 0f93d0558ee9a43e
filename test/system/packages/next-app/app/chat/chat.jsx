'use client';

import { SeenbyClient } from '@seenby/client';
import { trackReads } from '@seenby/client/dom';
import { addTexts } from '@seenby/client/elements';
import { SeenbyProvider, useConnection, useTotalUnread } from '@seenby/client/react';

const client = new SeenbyClient({
  url: 'ws://x.test',
  httpUrl: 'http://x.test',
  getToken: () => 'token',
});

export const Chat = ({ children }) => (
  <SeenbyProvider client={client}>
    <Connection />
    {children}
  </SeenbyProvider>
);

function Connection() {
  const { state } = useConnection();
  const unread = useTotalUnread();
  return <p>{`${state}, ${unread} unread, ${typeof trackReads}, ${typeof addTexts}`}</p>;
}
