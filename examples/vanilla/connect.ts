import { SeenbyClient } from '@seenby/client';

/** Who looks at this page: `?user=bob`. */
const userId = new URLSearchParams(location.search).get('user') ?? 'ann';

async function getToken(): Promise<string> {
  const body = JSON.stringify({ userId, name: userId.replace(/^./, (c) => c.toUpperCase()) });
  const response = await fetch('/dev/token', { method: 'POST', body });
  return (await response.json()).token;
}

/** Connects, with the group of this example. */
export async function connect(): Promise<SeenbyClient> {
  const client = new SeenbyClient({
    url: 'ws://localhost:3001',
    httpUrl: 'http://localhost:3000',
    getToken,
    storage: localStorage,
  });
  await client.connect();
  // Whoever comes first makes the group.
  if (!client.group('office').status) {
    const memberIds = ['ann', 'bob', 'cat'];
    await client.createGroup({ groupId: 'office', name: 'Office', memberIds });
  }
  return client;
}
