import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serveCommands } from '../../../bench/processes/child.ts';
import { pick, type Random, seededRandom } from '../../../demo/simulator/random.ts';
import { HistoryFile } from '../history/history-file.ts';
import type { Urls } from '../parts/cloud-host.ts';
import type { CampaignGroup } from '../parts/groups.ts';
import { Accounts } from './accounts.ts';
import { BusyGroup, type GroupPlace } from './busy-group.ts';
import { WirePerson } from './wire-person.ts';

const workers = 6;
const vainShare = 0.02;
const idleMs = 50;
const guestStaysMs = 8000;
/** Messages are sent within so much of the time, so that there is time left to read the last. */
const sendingShare = 0.85;
const strangers = ['stranger-0', 'stranger-1', 'stranger-2'];

interface LoadInput {
  urls: Urls;
  groups: CampaignGroup[];
  historyDir: string;
  seed: number;
  minutes: number;
}

export interface LoadState {
  receipts: number;
  unread: number;
  messages: number;
  connects: number;
}

let history: HistoryFile | undefined;
let random: Random = Math.random;
let groups: BusyGroup[] = [];
let people: WirePerson[] = [];
let minutes = 1;
let running: Promise<unknown> = Promise.resolve();
const ending = new AbortController();

/** All members with plain clients, over HTTP and with connections. */
const commands = {
  async start(input: LoadInput): Promise<void> {
    random = seededRandom(input.seed);
    minutes = input.minutes;
    history = new HistoryFile(join(input.historyDir, 'load.jsonl'));
    const { urls } = input;
    const place: GroupPlace = { urls, history, random, accounts: new Accounts(urls.httpUrl) };
    groups = input.groups.map((group) => new BusyGroup(group, place));
    people = groups.flatMap((busy) => peopleOf(busy, place));
    for (const person of people) void person.stayConnected();
  },

  async begin(): Promise<void> {
    const { signal } = ending;
    running = Promise.all([
      ...groups.map((group) => sendAll(group, signal)),
      ...groups.filter(({ group }) => group.guestId).map((group) => comeAndGo(group, signal)),
      ...Array.from({ length: workers }, () => work(signal)),
    ]);
  },

  async state(): Promise<LoadState> {
    return {
      receipts: groups.reduce((sum, { receipts }) => sum + receipts, 0),
      unread: groups.reduce((sum, { unread }) => sum + unread, 0),
      messages: groups.reduce((sum, { lastSeq }) => sum + lastSeq, 0),
      connects: people.reduce((sum, { connects }) => sum + connects, 0),
    };
  },

  /** Connections of plain clients end without a word. */
  async cut(share: number): Promise<number> {
    const unlucky = people.filter((person) => person.isConnected && random() < share);
    for (const person of unlucky) person.vanish();
    return unlucky.length;
  },

  /** Resolves once the last request has ended, and all is in the history. */
  async stop(): Promise<void> {
    ending.abort();
    await running;
    for (const person of people) person.close();
    await history?.close();
  },
};

export type LoadCommands = typeof commands;

function peopleOf(busy: BusyGroup, place: GroupPlace): WirePerson[] {
  const { groupId, wireIds, guestId } = busy.group;
  const members = wireIds.map(
    (userId) => new WirePerson({ userId, groupId, isGuest: false }, place),
  );
  for (const member of members) busy.wire.set(member.userId, member);
  const stranger = pick(random, strangers);
  const others = [...(guestId === undefined ? [] : [guestId]), stranger];
  return [
    ...members,
    ...others.map((userId) => new WirePerson({ userId, groupId, isGuest: true }, place)),
  ];
}

async function sendAll(busy: BusyGroup, signal: AbortSignal): Promise<void> {
  const intervalMs = (minutes * 60_000 * sendingShare) / busy.group.messages;
  const startMs = performance.now();
  for (let i = 0; i < busy.group.messages && !signal.aborted; i++) {
    const dueMs = startMs + (i + random()) * intervalMs;
    await wait(Math.max(0, dueMs - performance.now()), undefined, { signal }).catch(() => {});
    if (!signal.aborted) await busy.send(signal);
  }
  busy.endSending();
}

/** Whoever could not be added or removed for certain is tried again. */
async function comeAndGo(busy: BusyGroup, signal: AbortSignal): Promise<void> {
  for (let kind: 'add' | 'remove' = 'add'; !signal.aborted; ) {
    await wait(guestStaysMs * (1 + 3 * random()), undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const outcome = await busy.changeGuest(kind);
    if (outcome === 'ok') kind = kind === 'add' ? 'remove' : 'add';
  }
}

async function work(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (random() < vainShare) await pick(random, groups).askInVain(pick(random, strangers));
    else if (!(await groupWithMostUnread().mark())) await wait(idleMs);
  }
}

/** Of a small group and the big ones, the one in which most messages are unread. */
function groupWithMostUnread(): BusyGroup {
  const some = [pick(random, groups), ...groups.slice(-2)];
  return some.reduce((most, each) => (each.unread > most.unread ? each : most));
}

serveCommands(commands, async () => {
  ending.abort();
  for (const person of people) person.close();
});
