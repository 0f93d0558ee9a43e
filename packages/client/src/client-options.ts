import type { GroupKind, Visibility } from '@seenby/protocol/entities.ts';
import type { SeenbyStorage } from './pending/seenby-storage.ts';
import type { Environment } from './transport/environment.ts';
import type { GetToken } from './transport/tokens.ts';

export interface SeenbyClientOptions {
  /** Address of the WebSocket API: `wss://…`. */
  url: string;
  /** Address of the HTTP API: `https://…`. */
  httpUrl: string;
  /** Asked for a JWT of the user whenever the one at hand is no longer good. */
  getToken: GetToken;
  /** Where messages and reads that could not be sent survive the page, such as `localStorage`. */
  storage?: SeenbyStorage;
  /**
   * Of so many groups, those with the newest messages, what is missing of their newest 50 messages is loaded
   * after connecting, and so delivered to this user: 3 by default, 0 for none.
   */
  prefetchGroups?: number;
  /** Replaces clock, timers, sockets and the like; for tests and unusual hosts. */
  environment?: Partial<Environment>;
}

export interface NewGroup {
  groupId?: string;
  name: string;
  memberIds: readonly string[];
  kind?: GroupKind;
  tracking?: 'receipts' | 'positions' | 'auto';
  visibility?: Visibility;
  /** How many messages back a new member begins; 100 by default. */
  historyForNewMembers?: number;
}
