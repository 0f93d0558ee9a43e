import type { GroupStatus } from '@seenby/protocol/entities.ts';
import type { ConnectionStatus } from './transport/connection-status.ts';

/** A client at one moment. */
export interface ClientSnapshot {
  readonly connection: ConnectionStatus;
  /** Undefined until the service has said who the token is for. */
  readonly userId: string | undefined;
  readonly totalUnread: number;
  /** The one with the newest message first. */
  readonly groups: readonly GroupStatus[];
}
