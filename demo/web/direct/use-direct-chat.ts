import type { GroupStatus } from '@seenby/client';
import { useConnection, useSeenby } from '@seenby/client/react';
import { useEffect, useSyncExternalStore } from 'react';
import { shownName } from '../members/member-search.ts';
import { type DirectChat, DirectChats } from './direct-chats.ts';

/** Whether a chat is of two, and who the other one is; undefined until the service has said so. */
export function useDirectChat(groupId: string, isAsked = true): DirectChat | undefined {
  const chats = DirectChats.of(useSeenby());
  const { state } = useConnection();
  useEffect(() => {
    if (isAsked && state !== 'connecting') chats.ask(groupId);
  }, [chats, groupId, isAsked, state]);
  return useSyncExternalStore(chats.subscribe, () => chats.get(groupId));
}

export interface ChatTitle {
  /** Of which the colour behind initials is made. */
  readonly id: string;
  readonly name: string;
  readonly picture?: string | undefined;
}

/** How a chat is called and looks: a direct one as the other person, whatever name it was given. */
export function titleOf(
  groupId: string,
  status: Pick<GroupStatus, 'name'> | undefined,
  chat: DirectChat | undefined,
): ChatTitle {
  if (!chat?.other) return { id: groupId, name: status?.name ?? '' };
  const { userId, picture } = chat.other;
  return { id: userId, name: shownName(chat.other), picture };
}

/** The title of a chat that is on the screen. */
export function useChatTitle(groupId: string): ChatTitle {
  const { status } = useSeenby().group(groupId);
  return titleOf(groupId, status, useDirectChat(groupId));
}
