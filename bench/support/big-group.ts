import { callRoute, fetchToken } from '../../test/support/wire/http.ts';
import { type Child, startChild } from '../processes/child.ts';
import type { CloudWork } from '../processes/cloud-process.ts';
import type {
  LoadGroupCommands,
  LoadGroupReads,
  LoadGroupView,
} from '../processes/load-group-process.ts';
import { type DemoSession, type Open, say } from './demo-session.ts';
import { findDynamoDbLocal, memoryOf } from './memory-of.ts';
import { userIdsOf } from './user-ids.ts';

export interface BigGroupFigures {
  members: number;
  createMs: number;
  connectMs: number;
  sendToEveryoneMs: number;
  reads: LoadGroupReads[];
  views: LoadGroupView[];
  /** Of the one message: sent, read and told of. */
  work: CloudWork;
  /** Connections that had to be tried again. */
  failedConnects: number;
  memoryMb: Record<string, number | undefined>;
}

const groupId = 'team-of-5000';
const patienceMs = 120_000;

/** A group whose members are spread over several client processes. */
export class BigGroup {
  readonly #session: DemoSession;
  readonly #userIds: string[];
  #loadGroups: Child<LoadGroupCommands>[] = [];
  #createMs = 0;
  #connectMs = 0;
  #failedConnects = 0;

  constructor(session: DemoSession, members: number) {
    this.#session = session;
    this.#userIds = userIdsOf(members);
  }

  /** Makes the group and connects everyone, with the group on the screen. */
  async connect(processes: number, open: Open): Promise<void> {
    const { cloud } = this.#session;
    const urls = await cloud.call('urls');
    const [ownerId = '', ...memberIds] = this.#userIds;
    say(`Making a group of ${this.#userIds.length}`);
    const group = { groupId, name: 'Team', memberIds, tracking: 'receipts' };
    const token = await fetchToken(urls.httpUrl, ownerId);
    this.#createMs = await timeOf(() => callRoute(`${urls.httpUrl}/groups`, token, group));
    const loadGroup = new URL('../processes/load-group-process.ts', import.meta.url);
    this.#loadGroups = Array.from({ length: processes }, () =>
      startChild<LoadGroupCommands>(loadGroup),
    );
    open.push(() => Promise.all(this.#loadGroups.map((each) => each.stop())));
    say(`Connecting ${this.#userIds.length} members from ${processes} processes`);
    const share = Math.ceil(this.#userIds.length / processes);
    this.#connectMs = await timeOf(async () => {
      const connected = await this.#all((each, i) => {
        const userIds = this.#userIds.slice(i * share, (i + 1) * share);
        return each.call('connect', { ...urls, groupId, userIds });
      });
      this.#failedConnects = connected.reduce((sum, each) => sum + each.failedAttempts, 0);
    });
    await cloud.call('drained');
    await cloud.call('reset');
  }

  async readOneMessage(readersAtOnce: number): Promise<BigGroupFigures> {
    const { cloud } = this.#session;
    const groupSize = this.#userIds.length;
    const [senderId = ''] = this.#userIds;
    const timeoutMs = patienceMs;
    say('Sending a message');
    const sentAt = Date.now();
    const seq = (await this.#loadGroups[0]?.call('send', { content: 'Lunch at noon?' })) ?? 0;
    const heardAt = await this.#all((loadGroup) =>
      loadGroup.call('hear', { seq, groupSize, timeoutMs }),
    );
    say('Everyone reads it');
    const reads = await this.#all((loadGroup) =>
      loadGroup.call('readAll', { seq, senderId, readersAtOnce }),
    );
    const views = await this.#all((loadGroup) =>
      loadGroup.call('converge', { seq, groupSize, timeoutMs }),
    );
    await cloud.call('drained');
    const work = await cloud.call('work');
    return {
      ...{ members: groupSize, createMs: this.#createMs, connectMs: this.#connectMs },
      sendToEveryoneMs: Math.max(...heardAt) - sentAt,
      ...{ reads, views, work, failedConnects: this.#failedConnects, memoryMb: this.#memory() },
    };
  }

  #memory(): BigGroupFigures['memoryMb'] {
    const { cloud, dynamoDbEndpoint } = this.#session;
    return {
      'local cloud with its functions': memoryOf(cloud.pid),
      'DynamoDB Local': memoryOf(findDynamoDbLocal(dynamoDbEndpoint)),
      ...Object.fromEntries(
        this.#loadGroups.map(({ pid }, i) => [`clients, process ${i + 1}`, memoryOf(pid)]),
      ),
      'this process': memoryOf(process.pid),
    };
  }

  #all<T>(call: (loadGroup: Child<LoadGroupCommands>, index: number) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#loadGroups.map(call));
  }
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await run();
  return performance.now() - startMs;
}
