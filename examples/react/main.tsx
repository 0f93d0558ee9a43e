import { SeenbyProvider } from '@seenby/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.tsx';
import { connect, groupId } from './connect.ts';

const client = await connect();
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <SeenbyProvider client={client}>
      <Chat groupId={groupId} />
    </SeenbyProvider>
  </StrictMode>,
);
