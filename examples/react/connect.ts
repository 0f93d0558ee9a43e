import { SeenbyClient } from '@seenby/client';

/** Who looks at this page, and at which group: `?user=bob&group=lunch`. */
const asked = new URLSearchParams(location.search);
const userId = asked.get('user') ?? 'ann';
export const groupId = asked.get('group') ?? 'office';

async function getToken(): Promise<string> {
  const body = JSON.stringify({ userId, name: userId.replace(/^./, (c) => c.toUpperCase()) });
  const response = await fetch('/dev/token', { method: 'POST', body });
  return (await response.json()).token;
}

/** Connects. Whoever comes first makes the group. */
export async function connect(): Promise<SeenbyClient> {
  const client = new SeenbyClient({
    url: 'ws://localhost:3001',
    httpUrl: 'http://localhost:3000',
    getToken,
    storage: localStorage,
  });
  await client.connect();
  if (!client.group(groupId).status) {
    await client.createGroup({ groupId, name: 'Office', memberIds: ['ann', 'bob', 'cat'] });
  }
  return client;
}
