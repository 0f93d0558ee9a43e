import { type Environment, SeenbyClient } from '@seenby/client';
import type { Semaphore } from './semaphore.ts';

/** The cloud whose members these are. */
export interface Cloud {
  httpUrl: string;
  wsUrl: string;
}

export interface Account {
  userId: string;
  name?: string | undefined;
}

export interface ClientOptions {
  cloud: Cloud;
  account: Account;
  environment: Pick<Environment, 'now' | 'after' | 'random'> &
    Partial<Pick<Environment, 'openSocket'>>;
  /** What every attempt to connect has to pass. */
  connecting: Semaphore;
}

/** The SDK for one user, not connected yet; requests work without a connection. */
export function openClient({
  cloud,
  account,
  environment,
  connecting,
}: ClientOptions): SeenbyClient {
  const isConnecting = () => client.connection.state === 'connecting';
  const client = new SeenbyClient({
    url: cloud.wsUrl,
    httpUrl: cloud.httpUrl,
    // Whoever has failed to connect asks for another token before the next attempt.
    async getToken() {
      if (isConnecting()) await connecting.acquire(client, isConnecting);
      return fetchToken(cloud, account);
    },
    environment,
  });
  client.on('connection', () => {
    if (!isConnecting()) connecting.release(client);
  });
  return client;
}

async function fetchToken({ httpUrl }: Cloud, { userId, name }: Account): Promise<string> {
  const response = await fetch(`${httpUrl}/dev/token`, {
    method: 'POST',
    body: JSON.stringify({ userId, ...(name !== undefined && { name }) }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (token === undefined) throw new Error(`no token for ${userId} (HTTP ${response.status})`);
  return token;
}
