import { useSyncExternalStore } from 'react';

/** What the page shows, kept in the address: `#/g/<groupId>`, `#/simulator`, or the list of chats. */
export type Route =
  | { readonly view: 'list' }
  | { readonly view: 'group'; readonly groupId: string }
  | { readonly view: 'simulator' };

function routeOf(hash: string): Route {
  const [, groupId] = /^#\/g\/([A-Za-z0-9_-]{1,64})$/.exec(hash) ?? [];
  if (groupId !== undefined) return { view: 'group', groupId };
  return { view: hash === '#/simulator' ? 'simulator' : 'list' };
}

const hashOf = (route: Route): string =>
  route.view === 'group' ? `#/g/${route.groupId}` : `#/${route.view === 'list' ? '' : route.view}`;

export function go(route: Route): void {
  location.hash = hashOf(route);
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export const useRoute = (): Route =>
  routeOf(useSyncExternalStore(onHashChange, () => location.hash));
