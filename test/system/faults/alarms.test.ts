import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { systemClock } from '@seenby/local-cloud/clock.ts';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { alarmAddress as address } from '../../support/everything-on.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { upgrade } from '../../support/wire/upgrade.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';
import { BreakableStack, nameOf } from './breakable-stack.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const posts = { failed: 0 };
const logged: string[] = [];
let passedMs = 0;
let stack: BreakableStack;
let cloud: SeenbyCloud;
let token: string;
let bob: WireClient;
let messages = 0;

/** The stack as it is deployed with an address for alarms, and a group that one member looks at. */
beforeAll(async () => {
  stack = new BreakableStack(inject('fullAssemblyDir'), 0);
  cloud = await startOwnCloud({
    assemblyDir: stack.assemblyDir,
    streams: { pollIntervalMs: 20 },
    hiddenMs: 20,
    faults: { random: () => 0, posts },
    clock: { ...systemClock, nowMs: () => systemClock.nowMs() + passedMs },
    logLine: (line) => logged.push(line),
  });
  token = await cloud.issueToken({ userId: 'ann' });
  const group = { groupId: 'team', name: 'Team', memberIds: ['bob'] };
  expect(await call('POST', '/groups', group)).toBeLessThan(300);
  bob = await connect('bob');
  await cloud.drained();
});
afterAll(async () => {
  bob?.close();
  await cloud?.stop();
  stack?.remove();
});

async function connect(userId: string): Promise<WireClient> {
  const outcome = await upgrade({
    url: `${cloud.wsUrl}?token=${await cloud.issueToken({ userId })}`,
  });
  if (outcome.outcome !== 'opened') throw new Error(`refused with ${outcome.status}`);
  return outcome.client;
}

async function call(method: string, path: string, body?: object): Promise<number> {
  const { status } = await fetch(cloud.httpUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  return status;
}

/** Changes rows that both streams' consumers want. */
async function say(): Promise<void> {
  const message = { clientMessageId: `m-${++messages}`, content: 'Hello' };
  expect(await call('POST', '/groups/team/messages', message)).toBeLessThan(300);
}

function pass(ms: number): void {
  passedMs += ms;
  cloud.evaluateAlarms(systemClock.nowMs() + passedMs);
}

/** What takes hours counts them from the full hour on. */
const beginHour = () => pass(hourMs - ((systemClock.nowMs() + passedMs) % hourMs));

async function whileBroken(names: readonly string[], act: () => Promise<void>): Promise<void> {
  for (const name of names) stack.break(name);
  await act();
  await cloud.drained();
  for (const name of names) stack.mend(name);
}

async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await act();
}

/** As an operator does, or a hand that slips. */
async function switchStreams(Enabled: boolean): Promise<void> {
  const { AWS_ENDPOINT_URL_LAMBDA: endpoint = '' } = cloud.operator.environment;
  const lambda = new LambdaClient({ endpoint, ...localAccess });
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand());
  const ofStreams = EventSourceMappings.filter(({ EventSourceArn = '' }) =>
    EventSourceArn.includes('/stream/'),
  );
  expect(ofStreams).toHaveLength(2);
  for (const { UUID } of ofStreams) {
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  }
}

/** What the function logs, through its own console. */
async function warn(
  name: string,
  line: { what: string } & Record<string, string | number>,
  act: () => Promise<unknown>,
) {
  stack.warn(name, line);
  await act();
}

const runMaintenance = () => expect(cloud.runSchedules()).rejects.toThrow();
const ask = async () => expect(await call('GET', '/me/unread')).toBeLessThan(300);

/** What goes wrong, by the alarms that have to fire for it. Later ones let more time pass. */
const faults: Record<string, () => Promise<void>> = {
  'RecorderStopped FanOutStopped': async () => {
    await switchStreams(false);
    await times(3, async () => {
      await warn('Http', { what: 'counted', reads: 6 }, ask);
      pass(5 * minuteMs);
    });
    await switchStreams(true);
  },
  'RecorderAge FanOutAge': async () => {
    // Written now, and read eleven minutes later.
    passedMs += 11 * minuteMs;
    await times(3, async () => {
      await say();
      await cloud.drained();
      pass(minuteMs);
    });
  },
  'RecorderDeadLetters RecorderFunctionFaults FanOutDeadLetters FanOutFunctionFaults': async () => {
    // One batch at a time: a consumer waits a second for more.
    await whileBroken(['Recorder', 'FanOut'], () =>
      times(6, async () => {
        await say();
        await cloud.drained();
      }),
    );
    pass(minuteMs);
  },
  'PushDeadLetters PushFunctionFaults': async () => {
    posts.failed = 1;
    await whileBroken(['Push'], () => times(2, say));
    posts.failed = 0;
    pass(minuteMs);
  },
  'WebhookDeadLetters WebhookFunctionFaults': async () => {
    await whileBroken(['Webhook'], say);
    pass(minuteMs);
  },
  'HttpFaults HttpFunctionFaults AvailabilityBurn': async () => {
    await whileBroken(['Http'], () =>
      times(10, async () => expect(await call('GET', '/me/unread')).toBe(500)),
    );
    pass(minuteMs);
  },
  'SocketFaults SocketFunctionFaults': async () => {
    await whileBroken(['Socket'], async () => {
      await times(6, async () => bob.send({ type: 'ping' }));
      const failed = () => bob.frames.filter((frame) => !('type' in frame));
      await bob.until('failures', () => (failed().length >= 6 ? true : undefined));
    });
    pass(minuteMs);
  },
  AuthorizerFunctionFaults: async () => {
    await whileBroken(['Authorizer'], () =>
      times(6, () => expect(connect('bob')).rejects.toThrow('500')),
    );
    pass(minuteMs);
  },
  MaintenanceFunctionFaults: async () => {
    await whileBroken(['Maintenance'], () => times(6, runMaintenance));
    pass(minuteMs);
  },
  AuthorBurn: async () => {
    await warn('Http', { what: 'counted', reads: 100, readsLate: 90 }, ask);
    pass(minuteMs);
  },
  ConvergenceBurn: async () => {
    await warn('FanOut', { what: 'counted', framesPosted: 900, framesLate: 300 }, async () => {
      await say();
      await cloud.drained();
    });
    pass(minuteMs);
  },
  DroppedFrames: async () => {
    await warn('Http', { what: 'a frame was given up', connections: 1 }, ask);
    pass(minuteMs);
  },
  RefusedEvents: async () => {
    beginHour();
    await times(3, async () => {
      await warn('Webhook', { what: 'an event was not taken' }, async () => {
        await say();
        await cloud.drained();
      });
      pass(hourMs / 3);
    });
  },
  MaintenanceFailures: async () => {
    beginHour();
    await whileBroken(['Maintenance'], () =>
      times(3, async () => {
        await runMaintenance();
        pass(hourMs);
      }),
    );
  },
  MaintenanceUnfinished: async () => {
    beginHour();
    await times(3, async () => {
      await warn('Maintenance', { what: 'a run was not finished' }, () => cloud.runSchedules());
      pass(hourMs);
    });
  },
};

/** What takes thousands of requests to set off. Their metrics and statistics are tested by themselves. */
const notSetOff = [
  ...['AuthorizerThrottles', 'HttpThrottles', 'SocketThrottles'],
  ...['TableReadThrottles', 'TableWriteThrottles'],
  ...['HttpLatency', 'SocketLatency', 'BrokenConnections', 'RefusedPosts', 'PushAge'],
];

/** CDK names an alarm over the states of others after the stack as well. */
const alarmOf = (name: string): string => nameOf(name).replace(/^(Seenby)?Alarms/, '');
const mailed = () => cloud.mails().map(({ subject }) => alarmOf(/"(.*)"/.exec(subject)?.[1] ?? ''));

it('[AW3] no alarm fires while nothing is wrong', () => {
  pass(minuteMs);
  expect(Object.values(cloud.alarmStates())).not.toContain('ALARM');
  expect(cloud.mails()).toEqual([]);
  expect(logged.filter((line) => /policy lets|fires/.test(line))).toEqual([]);
});

it('[AW3] every alarm of the stack is set off here, or named as one that is not', () => {
  const silent = /^(Rollout\w+Failures|Objectives\w+Minutes)$/;
  const named = [...Object.keys(faults).flatMap((names) => names.split(' ')), ...notSetOff];
  const all = Object.keys(cloud.alarmStates()).map(alarmOf);
  // These send no mails: they take a release back, or are parts of another.
  expect(all.filter((name) => !silent.test(name)).sort()).toEqual(named.sort());
});

it('the dashboard shows that all is good while nothing is wrong', async () => {
  await times(3, ask);
  const shown = (title: RegExp) =>
    cloud
      .graphs(systemClock.nowMs() + passedMs)
      .filter((graph) => title.test(graph.title))
      .map(({ lines }) => lines.map(({ value }) => value));
  expect(shown(/^Availability, hour by hour/)).toEqual([[100]]);
  expect(shown(/^Error budget used/)[0]?.[0]).toBe(0);
});

it.each(Object.entries(faults))('[AW3] a mail comes from %s', async (names, happen) => {
  for (const name of names.split(' ')) expect(mailed()).not.toContain(name);
  await happen();
  expect(mailed()).toEqual(expect.arrayContaining(names.split(' ')));
  expect(cloud.mails().every((mail) => mail.address === address)).toBe(true);
});
