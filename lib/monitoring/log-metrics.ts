import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Warning } from '../../functions/runtime/log.ts';
import { type Counts, countedLine } from '../../functions/runtime/usage-counts.ts';
import type { SeenbyFunction } from '../functions/seenby-function.ts';

export interface LoggingFunctions {
  readonly socket: SeenbyFunction;
  readonly http: SeenbyFunction;
  readonly fanOut: SeenbyFunction;
  readonly push: SeenbyFunction;
  readonly maintenance: SeenbyFunction;
  readonly webhook: SeenbyFunction | undefined;
}

interface Counted {
  readonly pattern: string;
  /** The field to add up; 1 for each line without it. */
  readonly field?: string;
}

const line = (what: Warning): Counted => ({ pattern: `$.message.what = "${what}"` });

/** A value has to be part of the pattern, or CloudWatch Logs does not find it. */
const sum = (what: Warning | typeof countedLine, name: keyof Counts | 'connections'): Counted => ({
  pattern: `$.message.what = "${what}" && $.message.${name} > 0`,
  field: `$.message.${name}`,
});

const counted = {
  Sends: sum(countedLine, 'sends'),
  Reads: sum(countedLine, 'reads'),
  FramesPosted: sum(countedLine, 'framesPosted'),
  FramesSaved: sum(countedLine, 'framesSaved'),
  ReadsLate: sum(countedLine, 'readsLate'),
  FramesLate: sum(countedLine, 'framesLate'),
  RefusedPosts: sum(countedLine, 'postsRefused'),
  DroppedFrames: sum('a frame was given up', 'connections'),
  BrokenConnections: line('a connection broke off'),
  ThrottledRequests: line('a request was throttled'),
  UnfinishedRuns: line('a run was not finished'),
  RefusedEvents: line('an event was not taken'),
};

export type LogMetric = keyof typeof counted;

/**
 * What the functions' logs say, as metrics in a namespace with the stack's name. A line's function is
 * part of the metric's name, because a dimension takes its value from the line alone. A metric with
 * dimensions cannot have a default value, so none has: no line, no data, no alarm.
 */
export class LogMetrics extends Construct {
  readonly #namespace: string;

  constructor(scope: Construct, id: string, functions: LoggingFunctions) {
    super(scope, id);
    this.#namespace = Stack.of(this).stackName;
    const { socket, http, fanOut, push, maintenance, webhook } = functions;
    for (const each of [socket, http]) this.#countRoutes(each);
    this.#count(['Sends', 'Reads', 'ReadsLate', 'ThrottledRequests'], [socket, http]);
    this.#count(['FramesPosted', 'RefusedPosts', 'DroppedFrames'], [socket, http, fanOut, push]);
    this.#count(['FramesSaved'], [fanOut]);
    this.#count(['FramesLate'], [fanOut, push]);
    this.#count(['BrokenConnections'], [socket]);
    this.#count(['UnfinishedRuns'], [maintenance]);
    if (webhook) this.#count(['RefusedEvents'], [webhook]);
  }

  /** Error lines of a function: faults that it answered or left for a retry, and its crashes. */
  faultsOf(handler: SeenbyFunction): Metric {
    const name = `${handler.node.id}Faults`;
    if (this.node.tryFindChild(name) === undefined)
      this.#filter(name, name, handler, { pattern: '$.level = "ERROR"' });
    return this.#metric(name);
  }

  sumOf(name: LogMetric): Metric {
    return this.#metric(name);
  }

  #count(names: readonly LogMetric[], handlers: readonly SeenbyFunction[]): void {
    for (const name of names) {
      for (const handler of handlers) {
        this.#filter(`${handler.node.id}${name}`, name, handler, counted[name]);
      }
    }
  }

  /** The same faults once more, by route: an alarm would have to name every route. */
  #countRoutes(handler: SeenbyFunction): void {
    const name = `${handler.node.id}FaultsByRoute`;
    const pattern = '$.level = "ERROR" && $.message.route = "*"';
    this.#filter(name, name, handler, { pattern }, { Route: '$.message.route' });
  }

  #filter(
    id: string,
    metricName: string,
    handler: SeenbyFunction,
    { pattern, field = '1' }: Counted,
    dimensions?: Record<string, string>,
  ): void {
    new MetricFilter(this, id, {
      logGroup: handler.logGroup,
      filterPattern: FilterPattern.literal(`{ ${pattern} }`),
      ...{ metricNamespace: this.#namespace, metricName, metricValue: field },
      ...(dimensions && { dimensions }),
    });
  }

  #metric(metricName: string): Metric {
    return new Metric({
      ...{ namespace: this.#namespace, metricName },
      ...{ statistic: 'Sum', period: Duration.minutes(5) },
    });
  }
}
