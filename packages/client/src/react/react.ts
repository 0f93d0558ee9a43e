import type { GroupStatus } from '@seenby/protocol/entities.ts';
import {
  createElement,
  type ReactElement,
  type ReactNode,
  type RefCallback,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import type { ClientSnapshot } from '../client-snapshot.ts';
import { type Off, trackReads } from '../dom/dom.ts';
import type { GroupHandle } from '../groups/group-handle.ts';
import type { GroupSnapshot } from '../groups/group-snapshot.ts';
import type { LiveState, LiveStore } from '../live/live-store.ts';
import type { GroupMember, Members } from '../live/members.ts';
import type { Positions } from '../live/positions.ts';
import type { Readers } from '../live/readers.ts';
import type { ReceiptCounts } from '../receipts/receipt-tracker.ts';
import type { SeenbyClient } from '../seenby-client.ts';
import type { ConnectionStatus } from '../transport/connection-status.ts';
import { ClientContext } from './client-context.ts';

export {
  Badge,
  type BadgeProps,
  type ElementProps,
  Facepile,
  type FacepileProps,
  type OpenDetail,
  ReadBy,
  type ReadByProps,
  Readers,
  type ReadersProps,
  type RemindedDetail,
  Ticks,
  type TicksProps,
} from './elements.ts';
export { type GroupStatsState, useGroupStats } from './group-stats.ts';

export interface SeenbyProviderProps {
  client: SeenbyClient;
  children?: ReactNode;
}

/** Gives the hooks below it their client. It connects nothing: that is the app's to do. */
export const SeenbyProvider = ({ client, children }: SeenbyProviderProps): ReactElement =>
  createElement(ClientContext.Provider, { value: client }, children);

/** The client of the nearest `SeenbyProvider`; throws where there is none. */
export function useSeenby(): SeenbyClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('There is no SeenbyProvider above this component.');
  return client;
}

/** Connection, user, groups and badge. */
export function useSeenbyState(): ClientSnapshot {
  const { subscribeState, getSnapshot } = useSeenby();
  return useSyncExternalStore(subscribeState, getSnapshot, getSnapshot);
}

export const useConnection = (): ConnectionStatus => useSeenbyState().connection;

/** The groups the user is in, the one with the newest message first. */
export const useGroups = (): readonly GroupStatus[] => useSeenbyState().groups;

export const useTotalUnread = (): number => useSeenbyState().totalUnread;

/** The handle of a group, open as long as the component is there. */
export function useGroup(groupId: string): GroupHandle {
  const client = useSeenby();
  const group = useMemo(() => client.group(groupId), [client, groupId]);
  useEffect(() => {
    // What goes wrong is told by the `error` event.
    group.subscribe().catch(() => {});
    return () => void group.unsubscribe().catch(() => {});
  }, [group]);
  return group;
}

/** Messages, position, badge and who is writing. */
export const useGroupState = ({ subscribeState, getSnapshot }: GroupHandle): GroupSnapshot =>
  useSyncExternalStore(subscribeState, getSnapshot, getSnapshot);

/** How far a message has come; draws the component anew only when that changes. */
export function useReceipt(group: GroupHandle, seq: number): ReceiptCounts | undefined {
  const get = useCallback(() => group.getReceipt(seq), [group, seq]);
  return useSyncExternalStore(group.subscribeState, get, get);
}

/** Any live store; draws the component anew whenever its snapshot changes. */
export const useLive = <S extends LiveState>({ subscribeState, getSnapshot }: LiveStore<S>): S =>
  useSyncExternalStore(subscribeState, getSnapshot, getSnapshot);

/**
 * Who of the others has read a message, has it, or has not: see `GroupHandle.watchReaders`.
 */
export function useReaders(group: GroupHandle, seq: number): Readers {
  return useLive(useMemo(() => group.watchReaders(seq), [group, seq]));
}

/** Who is in the group: see `GroupHandle.members`. */
export const useMembers = (group: GroupHandle): Members => useLive(group.members);

/**
 * One member; undefined while they are not known. Draws the component anew only when that member changes.
 */
export function useMember(group: GroupHandle, userId: string): GroupMember | undefined {
  const { members } = group;
  const get = useCallback(() => members.getSnapshot().byId.get(userId), [members, userId]);
  return useSyncExternalStore(members.subscribeState, get, get);
}

/** Up to where everybody has read: see `GroupHandle.positions`. */
export const usePositions = (group: GroupHandle): Positions => useLive(group.positions);

/** A `ref` for the element that scrolls: see `trackReads`. */
export function useTrackReads(group: GroupHandle): RefCallback<Element> {
  const stop = useRef<Off>(undefined);
  return useCallback(
    (element) => {
      // React 18 takes no function back that would end it: it calls again, without an element.
      stop.current?.();
      stop.current = element ? trackReads(group, element) : undefined;
    },
    [group],
  );
}
