import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pMap from 'p-map';
import { serveCommands } from '../../../bench/processes/child.ts';
import { pick, type Random, seededRandom } from '../../../demo/simulator/random.ts';
import { HistoryFile } from '../history/history-file.ts';
import type { Urls } from '../parts/cloud-host.ts';
import type { CampaignGroup } from '../parts/groups.ts';
import { Accounts } from './accounts.ts';
import { BreakableSockets } from './breakable-sockets.ts';
import { ScreenWatch, type WatchedScreen } from './screen-watch.ts';
import { SdkPerson } from './sdk-person.ts';

const connectingAtOnce = 4;
const sendIntervalMs = 2000;

export interface SdkState {
  clients: number;
  connected: number;
  /** Messages that are written and not stored. */
  unsent: number;
  /** Of these: given up until the user tries again. */
  failed: number;
  /** How long the oldest of them has waited. */
  oldestMs: number;
}

let history: HistoryFile | undefined;
let random: Random = Math.random;
let people: SdkPerson[] = [];
/** In the big groups others write: each message is read by thousands. */
let writers: SdkPerson[] = [];
let watches: ScreenWatch[] = [];
let sending: Promise<unknown> = Promise.resolve();
const sockets = new BreakableSockets();
const ending = new AbortController();

/** Members with the SDK. */
const commands = {
  async start(input: {
    urls: Urls;
    groups: CampaignGroup[];
    historyDir: string;
    seed: number;
  }): Promise<void> {
    random = seededRandom(input.seed);
    history = new HistoryFile(join(input.historyDir, 'sdk.jsonl'));
    const { urls } = input;
    const place = { urls, history, random, accounts: new Accounts(urls.httpUrl) };
    people = input.groups.flatMap(({ groupId, sdkIds }) =>
      sdkIds.map((userId) => new SdkPerson({ userId, groupId }, place, sockets.openSocket)),
    );
    const small = new Set(
      input.groups.filter(({ guestId }) => guestId).map((group) => group.groupId),
    );
    writers = people.filter(({ groupId }) => small.has(groupId));
    await pMap(people, (person) => person.start(), { concurrency: connectingAtOnce });
  },

  async begin(): Promise<void> {
    sending = sendNowAndThen();
  },

  async state(): Promise<SdkState> {
    const unsent = people.flatMap((person) => person.unsent);
    return {
      clients: people.length,
      connected: people.filter(({ client }) => client.connection.state === 'connected').length,
      unsent: unsent.length,
      failed: unsent.filter(({ state }) => state === 'failed').length,
      oldestMs: Math.max(0, ...unsent.map(({ createdAt }) => Date.now() - createdAt)),
    };
  },

  async cut(share: number): Promise<number> {
    return sockets.cut(share, random);
  },

  async silence(share: number): Promise<number> {
    return sockets.silence(share, random);
  },

  /** The network is whole; they send nothing more. From now on it is noted when their screens change. */
  async watch(): Promise<void> {
    ending.abort();
    sockets.endSilence();
    for (const watch of watches) watch.stop();
    watches = people.map((person) => new ScreenWatch(person));
  },

  async screens(): Promise<WatchedScreen[]> {
    return watches.map((watch) => watch.take());
  },

  async stop(): Promise<void> {
    ending.abort();
    for (const watch of watches) watch.stop();
    await Promise.all(people.map(({ client }) => client.close()));
    await sending;
    await history?.close();
  },
};

export type SdkCommands = typeof commands;

async function sendNowAndThen(): Promise<void> {
  const { signal } = ending;
  const sent: Promise<void>[] = [];
  for (let i = 1; !signal.aborted; i++) {
    await wait(sendIntervalMs * 2 * random(), undefined, { signal }).catch(() => {});
    const person = pick(random, writers);
    if (!signal.aborted) sent.push(person.send(`s-${i} of ${person.userId}`));
  }
  await Promise.all(sent);
}

serveCommands(commands, async () => {
  ending.abort();
  for (const watch of watches) watch.stop();
});
