import { SeenbyClient, SeenbyError } from '@seenby/client';

/** Who looks at this page: `?user=bob`. */
const userId = new URLSearchParams(location.search).get('user') ?? 'ann';

async function getToken(): Promise<string> {
  const body = JSON.stringify({ userId, name: userId.replace(/^./, (c) => c.toUpperCase()) });
  const response = await fetch('/dev/token', { method: 'POST', body });
  return (await response.json()).token;
}

/** Connects, and makes the group of this example if nobody has made it. */
export async function connect(): Promise<SeenbyClient> {
  const client = new SeenbyClient({
    url: 'ws://localhost:3001',
    httpUrl: 'http://localhost:3000',
    getToken,
    storage: localStorage,
  });
  await client.connect();
  const team = { groupId: 'team', name: 'Team', memberIds: ['ann', 'bob', 'cat'] };
  await client.createGroup(team).catch((error: unknown) => {
    const isThere = error instanceof SeenbyError && error.code === 'CONFLICT';
    if (!isThere) throw error;
  });
  return client;
}
