import { fromPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { useSyncExternalStore } from 'react';

/** What the page shows, kept in the address: `#/g/<groupId>`, `#/simulator`, or the list of chats. */
export type Route =
  | { readonly view: 'list' }
  | { readonly view: 'group'; readonly groupId: string }
  | { readonly view: 'simulator' };

function routeOf(hash: string): Route {
  const [, segment] = /^#\/g\/([^/]+)$/.exec(hash) ?? [];
  if (segment !== undefined) return { view: 'group', groupId: fromPathSegment(segment) };
  return { view: hash === '#/simulator' ? 'simulator' : 'list' };
}

export const hashOf = (route: Route): string =>
  route.view === 'group'
    ? `#/g/${encodeURIComponent(route.groupId)}`
    : `#/${route.view === 'list' ? '' : route.view}`;

export function go(route: Route): void {
  location.hash = hashOf(route);
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export const useRoute = (): Route =>
  routeOf(useSyncExternalStore(onHashChange, () => location.hash));
