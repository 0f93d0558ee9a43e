import { fromPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { useSyncExternalStore } from 'react';

/** What stands beside an open chat. */
export type Panel = { readonly kind: 'receipts'; readonly seq: number };

/** What the page shows, kept in the address: `#/g/<groupId>/receipts/7`, `#/simulator`, or the list of chats. */
export type Route =
  | { readonly view: 'list' }
  | { readonly view: 'group'; readonly groupId: string; readonly panel?: Panel }
  | { readonly view: 'simulator' };

function routeOf(hash: string): Route {
  const [, segment, rest = ''] = /^#\/g\/([^/]+)(\/.*)?$/.exec(hash) ?? [];
  if (segment === undefined) return { view: hash === '#/simulator' ? 'simulator' : 'list' };
  const panel = panelOf(rest);
  return { view: 'group', groupId: fromPathSegment(segment), ...(panel && { panel }) };
}

function panelOf(path: string): Panel | undefined {
  const [, seq] = /^\/receipts\/([1-9]\d{0,14})$/.exec(path) ?? [];
  return seq === undefined ? undefined : { kind: 'receipts', seq: Number(seq) };
}

export function hashOf(route: Route): string {
  if (route.view !== 'group') return `#/${route.view === 'list' ? '' : route.view}`;
  const chat = `#/g/${encodeURIComponent(route.groupId)}`;
  return route.panel ? `${chat}/${route.panel.kind}/${route.panel.seq}` : chat;
}

/** Shows something; `replace` leaves no step for the browser's back button. */
export function go(route: Route, { replace = false } = {}): void {
  if (replace) location.replace(hashOf(route));
  else location.hash = hashOf(route);
}

/** Where one came from is kept in the history's entry, so that going back makes no new one. */
interface Entry {
  readonly from?: string;
}

/** One step back if that is where one came from; else there in place of what is shown. */
export function goBack(route: Route): void {
  const { from } = (history.state ?? {}) as Entry;
  if (from === hashOf(route)) history.back();
  else go(route, { replace: true });
}

/** Remembers for each new entry of the history which one was before it. */
export function watchHistory(): void {
  let before = location.hash || '#/';
  window.addEventListener('hashchange', () => {
    const entry: Entry = { from: before };
    if (history.state === null) history.replaceState(entry, '');
    before = location.hash || '#/';
  });
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

let last: { hash: string; route: Route } | undefined;

/** The same object until the address changes. */
function currentRoute(): Route {
  const { hash } = location;
  if (last?.hash !== hash) last = { hash, route: routeOf(hash) };
  return last.route;
}

export const useRoute = (): Route => useSyncExternalStore(onHashChange, currentRoute);
