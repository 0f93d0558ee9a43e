import type { GroupHandle } from '../../groups/group-handle.ts';
import type { SeenbyClient } from '../../seenby-client.ts';
import type { Off } from '../../transport/emitter.ts';
import { nearest } from './tree.ts';

/** What elements use of a group. */
export type ElementGroup = Pick<
  GroupHandle,
  | 'groupId'
  | 'getReceipt'
  | 'getSnapshot'
  | 'listReaders'
  | 'positions'
  | 'remindUnread'
  | 'subscribeState'
  | 'watchReaders'
>;

/** What elements use of a client. */
export interface ElementClient extends Pick<SeenbyClient, 'getSnapshot' | 'subscribeState'> {
  group(groupId: string): ElementGroup;
}

const provided = new WeakMap<Node, ElementClient>();
const listeners = new Set<() => void>();

/**
 * Gives all elements inside `root` their client: the whole page by default. It may be called before
 * the elements are there, or after. Without a client it takes back what was given.
 */
export function provideClient(client: ElementClient | undefined, root?: Node): void {
  const node = root ?? globalThis.document;
  if (!node) return;
  if (client) provided.set(node, client);
  else provided.delete(node);
  for (const listener of listeners) listener();
}

export const clientAbove = (element: Element): ElementClient | undefined =>
  nearest(element, (node) => provided.get(node));

/** Calls back whenever a client is given somewhere. */
export function onProvided(listener: () => void): Off {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
