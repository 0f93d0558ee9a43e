import type { Clock } from '../clock.ts';
import type { HttpMeasure } from '../gateway/http/http-api.ts';
import type { MeasureSocket } from '../gateway/invoke-measured.ts';
import type { InvocationLog } from '../lambda/functions.ts';
import type { Throttled } from '../permissions/metered-call.ts';
import type { QueueSample } from '../queues/queue.ts';
import type { Template } from '../template/template.ts';
import { Alarm, type StateChange } from './alarms/alarm.ts';
import { alarmMail } from './alarms/alarm-mail.ts';
import { type AlarmState, readAlarms } from './alarms/alarm-settings.ts';
import { type CompositeAlarm, readCompositeAlarms } from './alarms/composite-alarm.ts';
import { httpMetrics } from './api-metrics.ts';
import { type Graph, type GraphSettings, readDashboards, showGraph } from './dashboards.ts';
import { functionMetrics } from './function-metrics.ts';
import { isMeasured } from './measured.ts';
import { MetricFilters } from './metric-filters.ts';
import { MetricStore } from './series/metric-store.ts';
import { type Mail, Topics } from './topics.ts';

const minuteMs = 60_000;

export interface MonitoringOptions {
  clock: Clock;
  /** What is in the queues now. */
  sampleQueues: () => readonly QueueSample[];
  log: (line: string) => void;
  /** What is no fault. */
  note: (line: string) => void;
}

/** CloudWatch and SNS: from what happens in the local cloud to the mails of the template's alarms. */
export class Monitoring {
  readonly #template: Template;
  readonly #options: MonitoringOptions;
  readonly #filters: MetricFilters;
  readonly #topics: Topics;
  readonly #store: MetricStore;
  readonly #alarms: readonly Alarm[];
  readonly #composites: readonly CompositeAlarm[];
  readonly #graphs: readonly GraphSettings[];
  readonly #keepMs: number;
  readonly #aliases: ReadonlyMap<string, readonly string[]>;
  #stopTimer = () => {};

  /** Throws TemplateError for alarms, filters and topics that cannot be run. */
  constructor(template: Template, options: MonitoringOptions) {
    this.#template = template;
    this.#options = options;
    this.#filters = new MetricFilters(template);
    this.#topics = new Topics(template);
    const settings = readAlarms(template);
    this.#graphs = readDashboards(template);
    const drawn = this.#graphs.flatMap(({ lines }) => lines.map(({ series }) => series));
    const all = [...settings.map(({ series }) => series), ...drawn];
    this.#store = new MetricStore(all.flatMap(({ metrics }) => metrics));
    this.#alarms = settings.map((each) => new Alarm(each, this.#store));
    this.#composites = readCompositeAlarms(template, settings);
    this.#keepMs = Math.max(
      0,
      ...settings.map((each) => each.evaluationPeriods * each.series.periodMs),
      ...drawn.map(({ periodMs }) => periodMs),
    );
    this.#aliases = readAliases(template);
    this.#warn();
  }

  /** Everything that a topic has mailed. */
  get mails(): readonly Mail[] {
    return this.#topics.mails;
  }

  /** By the alarm's name. */
  states(): Record<string, AlarmState> {
    const all = [...this.#alarms, ...this.#composites];
    return Object.fromEntries(all.map(({ settings, state }) => [settings.name, state]));
  }

  /** What the template's dashboards show, the minute of that time included. */
  graphs(atMs: number): Graph[] {
    const endMs = (Math.floor(atMs / minuteMs) + 1) * minuteMs;
    return this.#graphs.map((graph) => showGraph(graph, this.#store, endMs));
  }

  /** Evaluates the alarms at the end of every minute, as CloudWatch does. */
  start(): void {
    if (this.#alarms.length === 0) return;
    const { clock } = this.#options;
    this.#stopTimer = clock.after(minuteMs - (clock.nowMs() % minuteMs), () => {
      this.evaluate(clock.nowMs());
      this.start();
    });
  }

  stop(): void {
    this.#stopTimer();
  }

  /** Looks at the whole minutes before a time; what the queues hold now counts for the last of them. */
  evaluate(atMs: number): void {
    const endMs = Math.floor(atMs / minuteMs) * minuteMs;
    this.#sampleQueues(endMs - minuteMs);
    for (const alarm of this.#alarms) {
      const change = alarm.evaluate(endMs);
      if (change) this.#act(change);
    }
    for (const composite of this.#composites) {
      const change = composite.evaluate((alarm) => this.#stateOf(alarm), endMs);
      if (change) this.#act(change);
    }
    this.#store.forgetBefore(endMs - this.#keepMs);
  }

  readonly noteInvocation: InvocationLog = (entry) => {
    const { functionName, logGroupName, lines } = entry;
    const metrics = functionMetrics(entry);
    this.#record('AWS/Lambda', { FunctionName: functionName }, metrics);
    for (const Resource of this.#aliases.get(functionName) ?? []) {
      this.#record('AWS/Lambda', { FunctionName: functionName, Resource }, metrics);
    }
    for (const { metric, value } of lines.flatMap((line) =>
      this.#filters.read(logGroupName, line),
    )) {
      this.#store.record(metric, value, this.#nowMs());
    }
  };

  /** A function is about to be called with records of a stream, the last of which is so old. */
  readonly noteBatch = (functionId: string, lastWrittenAtMs: number): void => {
    const IteratorAge = Math.max(0, this.#nowMs() - lastWrittenAtMs);
    const FunctionName = String(this.#template.resolve({ Ref: functionId }));
    this.#record('AWS/Lambda', { FunctionName }, { IteratorAge });
  };

  /** Of a table: an index has a metric of its own. */
  readonly noteThrottled = ({ kind, resource }: Throttled): void => {
    const [, TableName] = /:table\/([^/]+)$/.exec(resource) ?? [];
    if (TableName === undefined) return;
    this.#record('AWS/DynamoDB', { TableName }, { [`${kind}ThrottleEvents`]: 1 });
  };

  noteHttp(ApiId: string, answered: HttpMeasure): void {
    this.#record('AWS/ApiGateway', { ApiId }, httpMetrics(answered));
  }

  measureSocket(ApiId: string): MeasureSocket {
    return (metric, value) => this.#record('AWS/ApiGateway', { ApiId }, { [metric]: value });
  }

  #stateOf(alarm: string): AlarmState | undefined {
    return this.#alarms.find(({ settings: { name, arn } }) => name === alarm || arn === alarm)
      ?.state;
  }

  #nowMs(): number {
    return this.#options.clock.nowMs();
  }

  #record(
    namespace: string,
    dimensions: Record<string, string>,
    metrics: Record<string, number>,
    atMs = this.#nowMs(),
  ): void {
    for (const [name, value] of Object.entries(metrics)) {
      this.#store.record({ namespace, name, dimensions }, value, atMs);
    }
  }

  #sampleQueues(atMs: number): void {
    for (const { queueArn, visible, oldestAgeMs } of this.#options.sampleQueues()) {
      const metrics = {
        ApproximateNumberOfMessagesVisible: visible,
        ApproximateAgeOfOldestMessage: Math.floor(oldestAgeMs / 1000),
      };
      this.#record('AWS/SQS', { QueueName: queueArn.split(':').at(-1) ?? '' }, metrics, atMs);
    }
  }

  #act(change: StateChange): void {
    const { alarm, to, reason } = change;
    if (to === 'ALARM') this.#options.log(`The alarm ${alarm.name} fires: ${reason}.`);
    for (const topicArn of alarm.actions[to]) {
      const publisher = { service: 'cloudwatch.amazonaws.com', sourceArn: alarm.arn };
      if (this.#topics.publish(topicArn, publisher, alarmMail(change))) continue;
      this.#options.log(refusal(alarm.name, topicArn));
    }
  }

  /** Says at the start what will never arrive. */
  #warn(): void {
    const { log, note } = this.#options;
    for (const { settings } of this.#alarms) {
      for (const metric of settings.series.metrics.filter((each) => !isMeasured(each))) {
        const { namespace, name } = metric;
        note(`The alarm ${settings.name} watches ${namespace} ${name}, not measured here.`);
      }
    }
    for (const { settings } of [...this.#alarms, ...this.#composites]) {
      const { name, arn, actions } = settings;
      const publisher = { service: 'cloudwatch.amazonaws.com', sourceArn: arn };
      for (const topicArn of new Set(Object.values(actions).flat())) {
        if (!this.#topics.mayPublish(topicArn, publisher)) log(refusal(name, topicArn));
      }
    }
  }
}

const refusal = (alarmName: string, topicArn: string): string =>
  `No policy lets the alarm ${alarmName} publish to ${topicArn}: nobody learns of it, as on AWS.`;

/** The `Resource` of the metrics of each function's aliases: there is one version, which all of them mean. */
function readAliases(template: Template): Map<string, string[]> {
  const aliases = template.resources<{ FunctionName: string; Name: string }>('AWS::Lambda::Alias');
  const named = aliases.map(({ properties: { FunctionName, Name } }) => {
    const functionName = FunctionName.split(':').at(-1) ?? '';
    return { functionName, resource: `${functionName}:${Name}` };
  });
  return new Map(
    [...Map.groupBy(named, ({ functionName }) => functionName)].map(([functionName, all]) => [
      functionName,
      all.map(({ resource }) => resource),
    ]),
  );
}
