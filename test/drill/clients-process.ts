import pMap from 'p-map';
import { serveCommands } from '../../bench/processes/child.ts';
import { SeenbyClient } from '../../packages/client/src/seenby-client.ts';
import type { Socket, SocketHandlers } from '../../packages/client/src/transport/environment.ts';
import { hostEnvironment } from '../../packages/client/src/transport/environment.ts';
import { fetchToken } from '../support/wire/http.ts';
import { until } from '../support/wire/until.ts';

/** A user of the clients with the SDK, whose network can be cut. */
class Passenger {
  readonly client: SeenbyClient;
  readonly groupId: string;
  /** Sockets that were asked for since the cut. */
  attempts = 0;
  backAtMs = Number.NaN;
  #cut = () => {};

  constructor(
    userId: string,
    groupId: string,
    { httpUrl, wsUrl }: { httpUrl: string; wsUrl: string },
  ) {
    this.groupId = groupId;
    this.client = new SeenbyClient({
      ...{
        url: wsUrl,
        httpUrl,
        getToken: () => fetchToken(httpUrl, userId, { expiresInSeconds: 86_400 }),
      },
      environment: { openSocket: (...opened) => this.#open(...opened) },
    });
    this.client.on('connection', ({ state }) => {
      if (state === 'connected' && Number.isNaN(this.backAtMs)) this.backAtMs = performance.now();
    });
  }

  cut(): void {
    this.attempts = 0;
    this.backAtMs = Number.NaN;
    this.#cut();
  }

  #open(url: string, protocols: string[], handlers: SocketHandlers): Socket {
    this.attempts += 1;
    const socket = hostEnvironment.openSocket(url, protocols, handlers);
    this.#cut = () => socket.close();
    return socket;
  }
}

let clients: Passenger[] = [];

/** One whose end was not noticed yet is connected, and not back. */
const isConnected = ({ client, backAtMs }: Passenger): boolean =>
  client.connection.state === 'connected' && !Number.isNaN(backAtMs);

/** A part of a clients that is too big for one process. */
const commands = {
  /** So many groups of 50, the first of which has this number. */
  async board(input: {
    httpUrl: string;
    wsUrl: string;
    firstGroup: number;
    groups: number;
  }): Promise<number> {
    for (let group = input.firstGroup; group < input.firstGroup + input.groups; group++) {
      for (let member = 0; member < 50; member++) {
        clients.push(new Passenger(`user-${group}-${member}`, `group-${group}`, input));
      }
    }
    await pMap(
      clients,
      async ({ client }) => {
        client.connect().catch(() => {});
        await until(client, 'a connection', () => client.connection.state === 'connected');
      },
      { concurrency: 20 },
    );
    return clients.length;
  },

  /** Every connection ends at once. */
  async cut(): Promise<void> {
    for (const passenger of clients) passenger.cut();
  },

  async connected(): Promise<number> {
    return clients.filter(isConnected).length;
  },

  /** Of those who are back: how long that took since a time of this process, and how many attempts. */
  async returns(): Promise<{ backAtMs: number[]; attempts: number }> {
    return {
      backAtMs: clients.map(({ backAtMs }) => performance.timeOrigin + backAtMs),
      attempts: clients.reduce((sum, { attempts }) => sum + attempts, 0),
    };
  },

  /** The first of each group says something; resolves once the service has it. */
  async say({ content }: { content: string }): Promise<number> {
    const speakers = clients.filter((_, i) => i % 50 === 0);
    const outcomes = await Promise.all(
      speakers.map(({ client, groupId }) => client.group(groupId).send(content)),
    );
    return outcomes.filter(({ outcome }) => outcome === 'sent').length;
  },

  /** How many come to show it. */
  async heard({ content }: { content: string }): Promise<number> {
    const shown = await Promise.all(
      clients.map(({ client, groupId }) =>
        until(client, content, () =>
          client.group(groupId).messages.some((message) => message.content === content),
        ).then(
          () => 1,
          () => 0,
        ),
      ),
    );
    return shown.reduce<number>((sum, one) => sum + one, 0);
  },
};

export type ClientsCommands = typeof commands;

serveCommands(commands, async () => {
  await Promise.all(clients.map(({ client }) => client.close()));
  clients = [];
});
