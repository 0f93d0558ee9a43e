import { setTimeout as wait } from 'node:timers/promises';
import pMap from 'p-map';
import { serveCommands } from '../../../bench/processes/child.ts';
import { type HeapFigures, heapAfterCollection } from '../../../bench/support/memory-of.ts';
import { pick, type Random, seededRandom } from '../../../demo/simulator/random.ts';
import type { Urls } from '../parts/cloud-host.ts';
import { Person } from './person.ts';
import type { Work } from './sample.ts';
import { messageIntervalMs, SteadyGroup } from './steady-group.ts';
import { WorkLog } from './work-log.ts';

const reconnectIntervalMs = 5000;
const connectingAtOnce = 4;
/** So many of a group have it on the screen: more than those whom counts reach each second. */
const watching = 24;

let groups: SteadyGroup[] = [];
let people: Person[] = [];
let random: Random = Math.random;
const log = new WorkLog();
const ending = new AbortController();

export interface GroupOfPeople {
  groupId: string;
  userIds: string[];
}

/** Plain clients that send, read and come back at a steady pace. */
const commands = {
  async connect(input: { urls: Urls; groups: GroupOfPeople[]; seed: number }): Promise<void> {
    random = seededRandom(input.seed);
    const byGroup = input.groups.map(({ groupId, userIds }) =>
      userIds.map((userId, i) => new Person(userId, groupId, input.urls, i < watching)),
    );
    people = byGroup.flat();
    await pMap(people, (person) => person.connect(), { concurrency: connectingAtOnce });
    groups = byGroup.map((members) => new SteadyGroup(members, random, log));
  },

  /** The groups begin one after the other, so that their messages do not come at once. */
  async begin(): Promise<void> {
    for (const [i, group] of groups.entries()) {
      void wait((i * messageIntervalMs) / groups.length).then(() => group.run(ending.signal));
    }
    void reconnectForEver();
  },

  async work(): Promise<Work & { lastSeq: number }> {
    return { ...log.take(), lastSeq: Math.max(...groups.map(({ lastSeq }) => lastSeq)) };
  },

  async memory(): Promise<HeapFigures> {
    return heapAfterCollection();
  },
};

export type PeopleCommands = typeof commands;

async function reconnectForEver(): Promise<void> {
  while (!ending.signal.aborted) {
    await wait(reconnectIntervalMs);
    try {
      await pick(random, people).reconnect();
      log.reconnected();
    } catch (cause) {
      log.failed('reconnect', cause);
    }
  }
}

serveCommands(commands, async () => {
  ending.abort();
  for (const person of people) person.close();
});
