import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { AwsLimits } from '@seenby/local-cloud/aws-limits.ts';
import { systemClock } from '@seenby/local-cloud/clock.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import {
  type SeenbyCloud,
  type SeenbyCloudOptions,
  startSeenbyCloud,
} from '../../demo/local/seenby-cloud.ts';
import { patienceMs } from '../support/time/patience.ts';
import { callRoute } from '../support/wire/http.ts';
import { BreakableStack, nameOf } from '../system/faults/breakable-stack.ts';
import { Person } from './person.ts';
import { purgeQueue, replayDeadLetters } from './replay.ts';
import { findTruth } from './truth.ts';

const groupId = 'team';
const minuteMs = 60_000;
/** More than are told of each receipt directly: counts come by the stream, as in most groups. */
const sleepers = Array.from({ length: 21 }, (_, i) => `sleeper-${i}`);

export interface NightOptions {
  /** A stack whose alarms are mailed to somebody. */
  assemblyDir: string;
  /** Without it a DynamoDB in memory is started. */
  dynamoDbEndpoint?: string;
  tableName?: string;
  /** After which the stream gives up; without it, as the stack declares. */
  maxRetries?: number;
  /** Where servers are that the stack calls. */
  localServers?: Readonly<Record<string, string>>;
  /** Is told what happens. */
  say: (line: string) => void;
  /** How many connections the mass reconnect has; 5,000 by default. A multiple of 100. */
  connections?: number;
  /** Who is awake. */
  userIds?: readonly string[];
}

/** The service with a few users who are awake: what a drill plays an incident on. */
export class Night {
  readonly people: Person[] = [];
  readonly say: (line: string) => void;
  readonly stack: BreakableStack;
  readonly log: string[] = [];
  readonly #options: NightOptions;
  #cloud: SeenbyCloud | undefined;
  #passedMs = 0;
  #ports: { httpPort?: number; wsPort?: number } = {};
  #said = 0;
  readonly #beganAtMs = performance.now();

  constructor(options: NightOptions) {
    this.#options = options;
    this.say = (line) => options.say(`${this.#elapsed()}  ${line}`);
    this.stack = new BreakableStack(options.assemblyDir, options.maxRetries);
  }

  get cloud(): SeenbyCloud {
    if (!this.#cloud) throw new Error('the service is not running');
    return this.#cloud;
  }

  /** Starts the service; again after `stopService`, at the same addresses. */
  async startService(
    more: Partial<SeenbyCloudOptions> & { awsLimits?: AwsLimits } = {},
  ): Promise<void> {
    const { dynamoDbEndpoint, tableName, localServers } = this.#options;
    const { assemblyDir = this.stack.assemblyDir } = more;
    this.#cloud = await startSeenbyCloud({
      ...{ assemblyDir, concurrency: 4, hiddenMs: 1000 },
      ...(localServers && { localServers }),
      ...(dynamoDbEndpoint && { dynamoDbEndpoint }),
      ...(tableName && { tableNames: tableNamesOf(assemblyDir, tableName) }),
      clock: { ...systemClock, nowMs: () => this.nowMs() },
      logInvocation: ({ lines }) => void this.log.push(...lines),
      logLine: (line) => void this.log.push(line),
      ...this.#ports,
      ...more,
    });
    const { httpUrl, wsUrl } = this.#cloud;
    this.#ports = { httpPort: portOf(httpUrl), wsPort: portOf(wsUrl) };
  }

  async stopService(): Promise<void> {
    await this.#cloud?.stop();
    this.#cloud = undefined;
  }

  /** Makes the group, and has its people come online. */
  async comeOnline(): Promise<void> {
    const { userIds = ['ann', 'bob', 'cat', 'dan'] } = this.#options;
    const [owner = '', ...others] = userIds;
    const token = await this.cloud.issueToken({ userId: owner });
    const memberIds = [...others, ...sleepers];
    await callRoute(`${this.cloud.httpUrl}/groups`, token, { groupId, name: 'Team', memberIds });
    await this.#open(userIds);
    this.say(
      `${userIds.length} people are online, in a group of ${userIds.length + sleepers.length}.`,
    );
  }

  async #open(userIds: readonly string[]): Promise<void> {
    const { httpUrl, wsUrl } = this.cloud;
    const issueToken = (request: { userId: string }) => this.cloud.issueToken(request);
    for (const userId of userIds) {
      this.people.push(new Person(userId, groupId, { httpUrl, wsUrl, issueToken }));
    }
    await Promise.all(this.people.map((person) => person.open()));
  }

  /** Each of them says something; nobody waits for the answer. */
  talk(rounds = 1): void {
    for (let round = 0; round < rounds; round++) {
      for (const person of this.people) person.say(`message ${++this.#said}`);
    }
  }

  /** Each of them asks a question, so many times: the codes that were answered, each once. */
  async askAll(times: number): Promise<string[]> {
    const asking = Array.from({ length: times }, () => this.people).flat();
    const codes = new Set(await Promise.all(asking.map((person) => person.ask())));
    this.say(`${asking.length} questions were answered ${[...codes].join(', ')}.`);
    return [...codes].sort();
  }

  /** Everything said is acknowledged, and read by everybody. */
  async heard(): Promise<void> {
    await Promise.all(this.people.map((person) => person.hasSaidAll()));
    const seqs = this.people.flatMap(({ acknowledged }) => acknowledged.map(({ seq }) => seq));
    await Promise.all(this.people.map((person) => person.hasRead(Math.max(...seqs))));
  }

  nowMs(): number {
    return systemClock.nowMs() + this.#passedMs;
  }

  /** The clock of the alarms goes on by minutes, each of which they are evaluated for. */
  pass(minutes: number): void {
    for (let minute = 0; minute < minutes; minute++) {
      this.#passedMs += minuteMs;
      this.cloud.evaluateAlarms(this.nowMs());
    }
  }

  /** Names of the alarms that are on, as the documentation has them. */
  firing(): string[] {
    const on = Object.entries(this.cloud.alarmStates()).filter(([, state]) => state === 'ALARM');
    const names = on.map(([name]) => alarmOf(name)).sort();
    // Parts of the alarms of error budgets, which wake nobody.
    return names.filter((name) => !name.startsWith('Objectives'));
  }

  /** Names of the alarms that have sent a mail. */
  mailed(): string[] {
    return this.cloud
      .mails()
      .map(({ subject }) => alarmOf(/^ALARM: "(.*)"/.exec(subject)?.[1] ?? ''));
  }

  /** Looks again and again until there is something, for as long as a test waits. */
  async until<R>(
    what: string,
    look: () => R | undefined | false | Promise<R | undefined | false>,
    withinMs = patienceMs,
  ): Promise<R> {
    const lastAtMs = performance.now() + withinMs;
    for (;;) {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      assert.ok(performance.now() < lastAtMs, `${what} did not come about`);
      await wait(20);
    }
  }

  /** What a graph of the dashboard shows now, by the names of its lines. */
  graph(title: string): Record<string, number | undefined> {
    const graph = this.cloud.graphs(this.nowMs()).find((each) => each.title === title);
    assert.ok(graph, `the dashboard has no graph "${title}"`);
    return Object.fromEntries(graph.lines.map(({ label, value }) => [label, value]));
  }

  /** Says which alarms are on, and that these are among them. */
  expectAlarms(...names: readonly string[]): void {
    const on = this.firing();
    this.say(`Alarms: ${on.join(', ') || 'none'}.`);
    for (const name of names) {
      assert.ok(on.includes(name), `${name} is not on`);
      assert.ok(this.mailed().includes(name), `${name} has sent no mail`);
    }
  }

  /** Says what a graph of the dashboard shows. */
  showGraphs(...titles: readonly string[]): void {
    for (const title of titles) {
      const lines = Object.entries(this.graph(title)).map(
        ([label, value]) => `${label} ${value ?? '–'}`,
      );
      this.say(`Dashboard, ${title}: ${lines.join(', ')}.`);
    }
  }

  /** That the functions or the local cloud have logged these words. */
  expectLogged(words: string): void {
    const line = this.log.find((each) => each.includes(words));
    assert.ok(line, `nothing was logged with "${words}": ${this.log.slice(-3).join('\n')}`);
    this.say(`Log: ${line.slice(0, 200)}`);
  }

  /** Waits until the alarms are off, and all that was acknowledged is there and shown. */
  async expectGoodEnd(): Promise<void> {
    await this.heard();
    await this.cloud.drained();
    const token = await this.cloud.issueToken({ userId: this.people[0]?.userId ?? '' });
    const truth = await findTruth({ httpUrl: this.cloud.httpUrl, token, groupId }, this.people);
    assert.deepEqual(truth.wrong, []);
    const { messages, acknowledged, receipts } = truth;
    this.say(
      `${acknowledged} acknowledged messages of ${messages} are stored, with ${receipts} receipts.`,
    );
    this.say(
      `${this.people.length} clients show all of it, with the right counts. Lost 0, wrong 0.`,
    );
  }

  /** So many minutes later no alarm is on. */
  expectQuietAfter(minutes: number): void {
    this.pass(minutes);
    // That a part of an error budget is used up is said for longer.
    const on = this.firing().filter((name) => !name.endsWith('Burn'));
    assert.deepEqual(on, []);
    this.say(`${minutes} minutes later no alarm is on but those of error budgets.`);
  }

  /** Replays what the consumers of the stream gave up, and drops frames that were: clients have the state. */
  async clearDeadLetters(): Promise<void> {
    for (const queue of ['RecorderStreamDeadLetters', 'FanOutStreamDeadLetters']) {
      const left = this.lettersIn(queue);
      if (left > 0) this.say(`Replay of ${queue}: ${await replayDeadLetters(this.cloud, queue)}`);
    }
    if (this.lettersIn('PushDeadLetters') > 0) await this.purge('PushDeadLetters');
  }

  lettersIn(queueName: string): number {
    const all = Object.entries(this.cloud.deadLetters());
    return all.find(([id]) => nameOf(id) === queueName)?.[1].length ?? 0;
  }

  async purge(queueName: string): Promise<void> {
    await purgeQueue(this.cloud, queueName);
    this.say(`The queue ${queueName} is purged.`);
  }

  async end(): Promise<void> {
    await Promise.all(this.people.splice(0).map(({ client }) => client.close()));
    await this.stopService();
    this.stack.remove();
  }

  #elapsed(): string {
    return `${((performance.now() - this.#beganAtMs) / 1000).toFixed(1).padStart(6)} s`;
  }
}

const portOf = (url: string): number => Number(new URL(url).port);

const alarmOf = (name: string): string => nameOf(name).replace(/^(Seenby)?Alarms/, '');

/** By its name in the template: the assembly may also name a table that is there. */
const tableNamesOf = (assemblyDir: string, tableName: string): Record<string, string> =>
  Object.fromEntries(
    Template.read(assemblyDir)
      .resources('AWS::DynamoDB::GlobalTable')
      .map(({ logicalId }) => [logicalId, tableName]),
  );
