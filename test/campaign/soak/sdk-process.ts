import { SeenbyClient } from '@seenby/client';
import { serveCommands } from '../../../bench/processes/child.ts';
import { type HeapFigures, heapAfterCollection } from '../../../bench/support/memory-of.ts';
import { fetchToken } from '../../support/wire/http.ts';
import type { Urls } from '../parts/cloud-host.ts';
import type { GroupOfPeople } from './people-process.ts';

const clients: SeenbyClient[] = [];

/** Members with the SDK: their group is on the screen, and they read what comes. */
const commands = {
  async connect(input: { urls: Urls; groups: GroupOfPeople[] }): Promise<void> {
    const { httpUrl, wsUrl } = input.urls;
    for (const { groupId, userIds } of input.groups) {
      for (const userId of userIds) {
        const client = new SeenbyClient({
          ...{ url: wsUrl, httpUrl, getToken: () => fetchToken(httpUrl, userId) },
        });
        clients.push(client);
        await client.connect();
        const group = client.group(groupId);
        await group.history();
        await group.subscribe();
        client.on('message', () => group.markRead());
      }
    }
  },

  /** What each shows: connected, messages loaded, how many of them it has not read. */
  async shown(): Promise<{ state: string; messages: number; unread: number }[]> {
    return clients.map((client) => {
      const [status] = client.groups();
      const group = client.group(status?.groupId ?? '');
      const { length: messages } = group.messages;
      return { state: client.connection.state, messages, unread: group.countUnread() };
    });
  },

  async memory(): Promise<HeapFigures> {
    return heapAfterCollection();
  },
};

export type SdkCommands = typeof commands;

serveCommands(commands, async () => {
  await Promise.all(clients.map((client) => client.close()));
});
