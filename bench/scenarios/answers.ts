import { createTables } from '@seenby/local-cloud/dynamodb/tables.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { callRoute, fetchToken } from '../../test/support/wire/http.ts';
import { WireClient } from '../../test/support/wire/wire-client.ts';
import { groupId } from '../played/acts.ts';
import { type Percentiles, percentilesOf } from '../reports/percentiles.ts';
import { concurrency, type Open, startDemoSession } from '../support/demo-session.ts';
import { type MeteringProxy, startMeteringProxy } from '../support/metering-proxy.ts';
import { groupsOfReader, prepareTable, reader, seqs } from '../support/prepared-table.ts';
import type { Scenario } from './scenario.ts';

const runs = 20;

interface AnswerFigures {
  call: string;
  ms: Percentiles;
  /** Of one call: how long DynamoDB Local took for all its requests, which may overlap. */
  databaseMs: number;
  requests: number;
}

async function timed(
  call: string,
  proxy: MeteringProxy,
  run: () => Promise<unknown>,
): Promise<AnswerFigures> {
  await run();
  proxy.reset();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  const sum = (of: 'totalMs' | 'requests') =>
    proxy.usage().reduce((total, usage) => total + usage[of], 0) / runs;
  return { call, ms: percentilesOf(times), databaseMs: sum('totalMs'), requests: sum('requests') };
}

async function measure(open: Open, say: (what: string) => void): Promise<AnswerFigures[]> {
  const { assemblyDir, dynamoDbEndpoint, cloud } = await startDemoSession(open);
  const [table] = Object.values(await createTables(Template.read(assemblyDir), dynamoDbEndpoint));
  say(`writing ${groupsOfReader} groups, and a message that 499 read one by one`);
  await prepareTable(dynamoDbEndpoint, table?.tableName ?? '');
  const proxy = await startMeteringProxy(dynamoDbEndpoint);
  open.push(proxy.stop);
  await cloud.call('start', { assemblyDir, dynamoDbEndpoint: proxy.endpoint, concurrency });
  await cloud.call('drained');
  const { httpUrl, wsUrl } = await cloud.call('urls');
  const token = await fetchToken(httpUrl, reader);
  const client = await WireClient.open(wsUrl, token, () => {});
  open.push(() => client.vanish());
  const ask = async (frame: Parameters<WireClient['reply']>[0]) => {
    const reply = await client.reply(frame);
    if (reply === 'lost' || reply.type === 'error') throw new Error(JSON.stringify(reply));
  };
  const get = (path: string) => callRoute(`${httpUrl}${path}`, token);
  const list = (seq: number) => get(`/groups/${groupId}/messages/${seq}/receipts?limit=500`);
  say('asking');
  return [
    await timed(`unread counts of ${groupsOfReader} groups (HTTP)`, proxy, () => get('/me/unread')),
    await timed(`\`subscribe_group\`, 500 members`, proxy, () =>
      ask({ type: 'subscribe_group', groupId }),
    ),
    await timed('counts of 50 messages, 500 members', proxy, () =>
      get(`/groups/${groupId}/receipts?from=${seqs.fresh - 49}&to=${seqs.fresh}`),
    ),
    await timed('499 readers of a fresh message', proxy, () => list(seqs.fresh)),
    await timed('499 readers of an old message, read one by one', proxy, () => list(seqs.old)),
  ];
}

export const answersScenario: Scenario = {
  name: 'answers',
  about: 'how long a client waits over the local cloud: 200 groups, counts, lists of readers',
  isTimed: true,
  async run({ open, say }) {
    const figures = await measure(open, say);
    return {
      tables: [
        {
          title: `One client that asks ${runs} times, each after the other`,
          head: ['', 'p50', 'p95', 'DynamoDB Local: requests', 'their time together'],
          rows: figures.map(({ call, ms, databaseMs, requests }) => [
            ...[call, `${ms.p50.toFixed(0)} ms`, `${ms.p95.toFixed(0)} ms`],
            ...[requests.toFixed(1), `${databaseMs.toFixed(0)} ms`],
          ]),
        },
      ],
      figures,
    };
  },
};
