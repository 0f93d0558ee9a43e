import { type Alarm, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { HttpApi } from '../apis/http-api.ts';
import type { WebSocketApi } from '../apis/web-socket-api.ts';
import type { Table } from '../data/table.ts';
import type { PushFunction } from '../functions/push-function.ts';
import type { SeenbyFunction } from '../functions/seenby-function.ts';
import type { StreamConsumer } from '../functions/stream-consumer.ts';
import type { WebhookFunction } from '../functions/webhook-function.ts';
import type { Alarms, Watch } from './alarms.ts';
import {
  ageOfOldest,
  apiMetric,
  errorsOf,
  invocationsOf,
  iteratorAge,
  messagesIn,
  tableMetric,
  throttlesOf,
} from './aws-metrics.ts';
import type { LogMetrics } from './log-metrics.ts';

export interface Watched {
  readonly logs: LogMetrics;
  readonly table: Table;
  readonly sockets: WebSocketApi;
  readonly http: HttpApi;
  readonly push: PushFunction;
  readonly recorder: StreamConsumer;
  readonly fanOut: StreamConsumer;
  readonly maintenance: SeenbyFunction;
  readonly webhook: WebhookFunction | undefined;
  /** What answers requests, where somebody waits. */
  readonly answering: readonly SeenbyFunction[];
}

/** Work that was given up, or comes late. */
function watchWork(alarms: Alarms, { push, recorder, fanOut, maintenance, logs }: Watched): void {
  const meaning = 'Work was given up; the queue says what.';
  const section = 'a-record-cannot-be-processed';
  const consumers = { RecorderDeadLetters: recorder, FanOutDeadLetters: fanOut };
  for (const [id, { deadLetters }] of Object.entries({ ...consumers, PushDeadLetters: push })) {
    alarms.watch(id, { metric: messagesIn(deadLetters), threshold: 0, meaning, section });
  }
  watchStreams(alarms, { recorder, fanOut, logs });
  alarms.watch('PushAge', {
    metric: ageOfOldest(push.queue),
    // Counts that are due later wait in the queue for up to five minutes, and may count as old.
    threshold: 420,
    periods: 3,
    meaning: 'Frames come late; those older than an hour are lost.',
    section: 'a-quota-is-used-up',
  });
  const hourly = { threshold: 0, periods: 3, section: 'maintenance-does-not-finish' } as const;
  alarms.watch('MaintenanceFailures', {
    ...{ metric: errorsOf(maintenance), ...hourly },
    meaning: 'Days stay uncounted, and what expires is not archived; its log says why.',
  });
  alarms.watch('MaintenanceUnfinished', {
    metric: logs.sumOf('UnfinishedRuns').with({ period: Duration.hours(1) }),
    ...hourly,
    meaning: 'Maintenance does not get done within the hours of a night.',
  });
}

/** Consumers of the stream that are late, or are not called at all. */
function watchStreams(
  alarms: Alarms,
  { recorder, fanOut, logs }: Pick<Watched, 'recorder' | 'fanOut' | 'logs'>,
): void {
  const section = 'a-stream-consumer-stops';
  for (const [id, { handler }] of Object.entries({ Recorder: recorder, FanOut: fanOut })) {
    alarms.watch(`${id}Stopped`, {
      // Who is not called has no age: a mapping that is off, or cannot read the stream, is silent.
      metric: new MathExpression({
        expression: 'IF(FILL(calls, 0) == 0, reads, 0)',
        usingMetrics: { calls: invocationsOf(handler), reads: logs.sumOf('Reads') },
        label: 'Reads while it is not called',
        period: Duration.minutes(5),
      }),
      ...{ threshold: 5, periods: 3, section },
      meaning: 'Members read, and the stream does not call the function.',
    });
  }
  alarms.watch('RecorderAge', {
    metric: iteratorAge(recorder.handler),
    threshold: Duration.minutes(10).toMilliseconds(),
    periods: 3,
    meaning: 'History falls behind; what is older than 24 hours is lost to it.',
    section,
  });
  alarms.watch('FanOutAge', {
    metric: iteratorAge(fanOut.handler),
    threshold: Duration.seconds(30).toMilliseconds(),
    periods: 3,
    meaning: 'Counts come late; those older than a minute are not pushed.',
    section,
  });
}

/** Events that the receiver of the webhook does not take. */
function watchWebhook(alarms: Alarms, { webhook, logs }: Watched): void {
  if (webhook === undefined) return;
  const section = 'the-webhook-is-not-taken';
  alarms.watch('WebhookDeadLetters', {
    ...{ metric: messagesIn(webhook.deadLetters), threshold: 0 },
    meaning: 'Events were given up: the receiver did not take them within a day.',
    section,
  });
  alarms.watch('RefusedEvents', {
    // While an event waits to be taken, there is an attempt in each of them, unless `Retry-After` asks for a longer pause.
    metric: logs.sumOf('RefusedEvents').with({ period: Duration.minutes(20) }),
    ...{ threshold: 0, periods: 3 },
    meaning: 'The receiver of the webhook takes no events, or not all of them.',
    section,
  });
}

/** Too much to do for an account or a table, and clients that miss frames. */
function watchLoad(alarms: Alarms, { table, logs, answering }: Watched): void {
  const section = 'a-quota-is-used-up';
  for (const handler of answering) {
    alarms.watch(`${handler.node.id}Throttles`, {
      ...{ metric: throttlesOf(handler), threshold: 5 },
      meaning: 'Lambda runs no more of this function at a time; callers are refused.',
      section,
    });
  }
  for (const kind of ['Read', 'Write']) {
    alarms.watch(`Table${kind}Throttles`, {
      metric: tableMetric(`${kind}ThrottleEvents`, table.name),
      threshold: 100,
      meaning: 'DynamoDB refuses requests to the table or to one of its partitions.',
      section,
    });
  }
  const others: Record<
    string,
    Omit<Watch, 'metric'> & { sum: Parameters<LogMetrics['sumOf']>[0] }
  > = {
    DroppedFrames: {
      ...{ sum: 'DroppedFrames', threshold: 0 },
      meaning: 'Frames were given up: their clients show what is old until they come back.',
      section,
    },
    BrokenConnections: {
      ...{ sum: 'BrokenConnections', threshold: 100, periods: 3 },
      meaning: 'Connections break off that neither side closed.',
      section: 'everybody-connects-at-once',
    },
    RefusedPosts: {
      ...{ sum: 'RefusedPosts', threshold: 1000 },
      meaning: 'API Gateway refuses frames to clients; they come late.',
      section,
    },
  };
  for (const [id, { sum, ...watch }] of Object.entries(others)) {
    alarms.watch(id, { metric: logs.sumOf(sum), ...watch });
  }
}

/** Slow answers. */
function watchLatency(alarms: Alarms, { sockets, http }: Watched): void {
  const slow = {
    threshold: 1000,
    periods: 3,
    meaning: 'One request in twenty takes over a second.',
    section: 'answers-are-slow',
  } as const;
  const { apiId } = sockets;
  // API Gateway publishes the whole latency of HTTP APIs only.
  alarms.watch('SocketLatency', { metric: apiMetric('IntegrationLatency', apiId, 'p95'), ...slow });
  alarms.watch('HttpLatency', { metric: apiMetric('Latency', http.apiId, 'p95'), ...slow });
}

/** Faults of these are no faults of a request. */
const sectionOf = new Map<string, Pick<Watch, 'section'>>([
  ['Recorder', { section: 'a-stream-consumer-stops' }],
  ['FanOut', { section: 'a-stream-consumer-stops' }],
  ['Maintenance', { section: 'maintenance-does-not-finish' }],
  ['Webhook', { section: 'the-webhook-is-not-taken' }],
]);

/** Faults of ours. Answers the alarms, for a release is taken back on them. */
function watchFaults(alarms: Alarms, watched: Watched): Alarm[] {
  const { logs, sockets, http, answering, recorder, fanOut, push } = watched;
  const { maintenance, webhook } = watched;
  const often = { threshold: 5, section: 'requests-end-in-faults' } as const;
  const functions = [
    ...answering,
    recorder.handler,
    fanOut.handler,
    push,
    ...(webhook ? [webhook] : []),
  ];
  const faults = (handler: SeenbyFunction): Alarm =>
    alarms.watch(`${handler.node.id}FunctionFaults`, {
      ...{ metric: logs.faultsOf(handler), ...often },
      meaning: 'The function logs faults: its log says what failed, and on which route.',
      ...sectionOf.get(handler.node.id),
    });
  faults(maintenance);
  return [
    alarms.watch('SocketFaults', {
      ...{ metric: apiMetric('IntegrationError', sockets.apiId), ...often },
      meaning: 'Frames of WebSocket clients end in our faults.',
    }),
    alarms.watch('HttpFaults', {
      ...{ metric: apiMetric('5xx', http.apiId), ...often },
      meaning: 'HTTP callers see our faults.',
    }),
    ...functions.map(faults),
  ];
}

/** Watches all that can go wrong. Answers the alarms on which a release is taken back. */
export function watchAll(alarms: Alarms, watched: Watched): Alarm[] {
  watchWork(alarms, watched);
  watchWebhook(alarms, watched);
  watchLoad(alarms, watched);
  watchLatency(alarms, watched);
  return watchFaults(alarms, watched);
}
