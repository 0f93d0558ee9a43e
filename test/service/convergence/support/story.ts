import { isDeepStrictEqual } from 'node:util';
import { SeenbyClient } from '../../../../packages/client/src/seenby-client.ts';
import { inProcessService } from '../../../support/in-process/in-process-service.ts';
import { VirtualTime } from '../../../support/time/virtual-time.ts';

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A story of sends and reads on six tabs of three users; what they show that a fresh client does not. */
export async function run(seed: number) {
  const random = seeded(seed);
  const time = new VirtualTime(undefined, random);
  const steps: string[] = [];
  return { steps, found: await time.pass(story(time, random, steps)) };
}

async function story(time: VirtualTime, random: () => number, steps: string[]) {
  const found: Difference[] = [];
  const service = await inProcessService(time);
  let ids = 0;
  const below = (n: number) => Math.floor(random() * n);
  const latency = () => 20 + below(60);
  const open = (userId: string) => {
    const client = new SeenbyClient({
      url: 'wss://service',
      httpUrl: 'https://service',
      getToken: () => userId,
      environment: {
        now: time.clock,
        random,
        after: time.after,
        newId: () => `id-${++ids}`,
        onPage: () => () => {},
        openChannel: () => undefined,
        openSocket(_url, _protocols, handlers) {
          const connectionId = `c${++ids}`;
          let isOpen = true;
          const later = (work: () => void) => void time.after(latency(), work);
          later(async () => {
            await service.connect(connectionId, {
              userId,
              receive: (text) => later(() => isOpen && handlers.received(text)),
              closed: () => later(() => isOpen && handlers.closed(1001)),
            });
            handlers.opened();
          });
          return {
            send: (text) => later(() => void service.frame(connectionId, text)),
            close: () => {
              isOpen = false;
              later(() => void service.disconnect(connectionId));
            },
          };
        },
        async fetch(url, init) {
          await time.wait(latency());
          const body = init.body === undefined ? undefined : String(init.body);
          const answer = await service.http(userId, init.method ?? 'GET', new URL(url), body);
          await time.wait(latency());
          const isOk = answer.status < 400;
          return {
            ok: isOk,
            status: answer.status,
            json: async () => JSON.parse(JSON.stringify(answer.body)),
          } as Response;
        },
      },
    });
    return { userId, client };
  };
  const look = async (tab: ReturnType<typeof open>) => {
    await tab.client.connect();
    const group = tab.client.group('g');
    await group.subscribe();
    await group.history({ limit: 100 });
    await time.wait(5000);
  };
  const users = ['ann', 'bob', 'cid'];
  const tabs = users.flatMap((userId) => [open(userId), open(userId)]);
  await tabs[0]?.client.connect();
  await tabs[0]?.client.createGroup({ groupId: 'g', name: 'G', memberIds: ['bob', 'cid'] });
  for (const tab of tabs) await look(tab);
  for (let i = 0; i < 25; i++) {
    const tab = tabs[below(tabs.length)];
    if (!tab) continue;
    const group = tab.client.group('g');
    const { messages } = group;
    const seq = 1 + below(messages.length || 1);
    const kind = below(3);
    if (kind === 0 || messages.length === 0) {
      steps.push(`${tab.userId} sends`);
      void group.send(`m${i}`);
    } else if (kind === 1) {
      steps.push(`${tab.userId} reads up to ${seq}`);
      group.markRead(seq);
    } else {
      steps.push(`${tab.userId} sees ${seq}`);
      group.markSeen([seq]);
    }
    await time.wait(below(3) * 400);
  }
  await time.wait(60_000);
  for (const userId of users) {
    const fresh = open(userId);
    await look(fresh);
    const truth = viewOf(fresh.client);
    for (const tab of tabs.filter((each) => each.userId === userId)) {
      const shown = viewOf(tab.client);
      for (const name of Object.keys(truth) as Property[]) {
        if (isDeepStrictEqual(shown[name], truth[name])) continue;
        found.push({ name, userId, shown: shown[name], truth: truth[name] });
      }
    }
    fresh.client.close();
  }
  for (const { client } of tabs) client.close();
  return found;
}

function viewOf(client: SeenbyClient) {
  const group = client.group('g');
  const { messages } = group;
  return {
    total: client.totalUnread,
    ownState: [group.countUnread(), group.readSeq],
    firstUnread: group.firstUnread,
    messages,
    counts: messages.map((message) => 'seq' in message && group.getReceipt(message.seq)),
  };
}

export type Property = keyof ReturnType<typeof viewOf>;
export interface Difference {
  name: Property;
  userId: string;
  shown: unknown;
  truth: unknown;
}
