import type { Profile } from '@seenby/protocol/entities.ts';
import type { Service } from '../../service/service.ts';
import type { Connection } from '../../store/users/connections.ts';

/** What every frame comes with: whose connection it is, and until when it may live. */
export interface SocketContext {
  service: Service;
  caller: Connection & Profile;
  tokenExpiresAt: number;
  endsAt: number;
}

/** What the authorizer found out, in every event of the connection; API Gateway makes it text. */
interface AuthorizedEvent {
  requestContext: {
    connectionId: string;
    connectedAt?: number;
    authorizer?: Record<string, unknown> | null | undefined;
  };
}

const lifeMs = 2 * 3_600_000;

export function contextOf(service: Service, { requestContext }: AuthorizedEvent): SocketContext {
  const { connectionId, connectedAt, authorizer } = requestContext;
  const { userId, name, picture, expiresAt } = authorizer ?? {};
  return {
    service,
    caller: {
      userId: String(userId),
      connectionId,
      ...(name !== undefined && { name: String(name) }),
      ...(picture !== undefined && { picture: String(picture) }),
    },
    tokenExpiresAt: Number(expiresAt),
    endsAt: Math.min(Number(expiresAt), (connectedAt ?? service.clock()) + lifeMs),
  };
}

export const tokenHasExpired = ({ service, tokenExpiresAt }: SocketContext): boolean =>
  service.clock() >= tokenExpiresAt;

/**
 * The table is another one than the connection was made with: it was restored, or is that of another region. Only a
 * new connection tells its client so.
 */
export function isOfAnotherEpoch({ epoch }: Service, { requestContext }: AuthorizedEvent): boolean {
  // One from before connections had an epoch is over within two hours.
  const { epoch: connected = epoch } = requestContext.authorizer ?? {};
  return connected !== epoch;
}
