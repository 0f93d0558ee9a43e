import { hydrateRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { newClient } from './client.ts';

const root = document.getElementById('root') as HTMLElement;
hydrateRoot(root, <App client={newClient()} />, {
  onRecoverableError: (error) => console.error('not as rendered', error),
});
