import type { ConnectionStatus, SeenbyErrorCode } from '@seenby/client';
import { useSeenbyState } from '@seenby/client/react';
import { useState } from 'react';
import { codeOf } from '../text/problems/code-of.ts';

/**
 * `ready` once the service has said who the user is and which chats there are; before that, why it has
 * not: it was not reached, or it refuses the user's token.
 */
export type ServiceState = 'loading' | 'ready' | 'offline' | 'refused';

const tokenCodes: readonly SeenbyErrorCode[] = ['NO_TOKEN', 'UNAUTHORIZED', 'TOKEN_EXPIRED'];

export function useService(): ServiceState {
  const { connection, userId } = useSeenbyState();
  // While the next attempt is made it is as it was after the last one.
  const [before, setBefore] = useState<ServiceState>('loading');
  const now = userId === undefined ? stateOf(connection, before) : 'ready';
  if (now !== before) setBefore(now);
  return now;
}

function stateOf({ state, error }: ConnectionStatus, before: ServiceState): ServiceState {
  if (error) return tokenCodes.includes(codeOf(error)) ? 'refused' : 'offline';
  return state === 'waiting' ? 'offline' : before;
}
