import { type Environment, SeenbyClient } from '../client/index.ts';

/** The cloud whose members these are. */
export interface Cloud {
  httpUrl: string;
  wsUrl: string;
}

export interface Account {
  userId: string;
  name?: string | undefined;
}

/** The SDK for one user, not connected yet; requests work without a connection. */
export const openClient = (
  cloud: Cloud,
  account: Account,
  environment: Pick<Environment, 'now' | 'after' | 'random'>,
): SeenbyClient =>
  new SeenbyClient({
    url: cloud.wsUrl,
    httpUrl: cloud.httpUrl,
    getToken: () => fetchToken(cloud, account),
    environment,
  });

async function fetchToken({ httpUrl }: Cloud, { userId, name }: Account): Promise<string> {
  const response = await fetch(`${httpUrl}/dev/token`, {
    method: 'POST',
    body: JSON.stringify({ userId, ...(name !== undefined && { name }) }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (token === undefined) throw new Error(`no token for ${userId} (HTTP ${response.status})`);
  return token;
}
