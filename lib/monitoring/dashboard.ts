import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  type Metric,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ageOfOldest, apiMetric, iteratorAge, tableMetric } from './aws-metrics.ts';
import { goodPercent, type Objective, usedBudgetPercent } from './objectives.ts';
import type { Watched } from './watches.ts';

/** US dollars a million on demand in us-east-1, as docs/operations.md lists them. */
const prices = { frames: 1, requests: 1, reads: 0.125, writes: 0.625 };

/** What is going on, on one page. */
export class Dashboard extends Construct {
  readonly #watched: Watched;

  constructor(scope: Construct, id: string, watched: Watched, objectives: readonly Objective[]) {
    super(scope, id);
    this.#watched = watched;
    const dashboard = new CloudWatchDashboard(this, 'Dashboard');
    dashboard.addWidgets(...shares(objectives), budgets(objectives));
    const graphs = [this.#traffic(), this.#delays(), this.#trouble(), this.#expense()];
    for (const graph of graphs) dashboard.addWidgets(...graph);
  }

  #traffic(): GraphWidget[] {
    const { logs, sockets } = this.#watched;
    return [
      graph('Sends and reads', [logs.sumOf('Sends'), logs.sumOf('Reads')]),
      graph('Frames', [logs.sumOf('FramesPosted'), logs.sumOf('FramesSaved')]),
      graph('Connections', [
        apiMetric('ConnectCount', sockets.apiId),
        logs.sumOf('BrokenConnections'),
      ]),
    ];
  }

  #delays(): GraphWidget[] {
    const { sockets, http, recorder, fanOut, push } = this.#watched;
    const socketLatency = apiMetric('IntegrationLatency', sockets.apiId, 'p95');
    return [
      graph('Latency, 95th percentile (ms)', [
        socketLatency.with({ label: 'WebSocket' }),
        apiMetric('Latency', http.apiId, 'p95').with({ label: 'HTTP' }),
      ]),
      graph('Lag of the streams (ms)', [
        iteratorAge(recorder.handler).with({ label: 'Recorder' }),
        iteratorAge(fanOut.handler).with({ label: 'Fan-out' }),
      ]),
      graph('Lag of the push queue (s)', [ageOfOldest(push.queue)]),
    ];
  }

  #trouble(): GraphWidget[] {
    const { logs, sockets, http, table } = this.#watched;
    return [
      graph('Faults', [apiMetric('IntegrationError', sockets.apiId), apiMetric('5xx', http.apiId)]),
      graph('Refused', [
        logs.sumOf('ThrottledRequests'),
        tableMetric('ReadThrottleEvents', table.name),
        tableMetric('WriteThrottleEvents', table.name),
      ]),
      graph('Frames refused and given up', [
        logs.sumOf('RefusedPosts'),
        logs.sumOf('DroppedFrames'),
      ]),
    ];
  }

  #expense(): GraphWidget[] {
    const { frames, requests, reads, writes } = this.#billed();
    return [
      graph('Units of the table', [reads, writes]),
      graph('US dollars an hour', [cost({ frames, requests, reads, writes })]),
    ];
  }

  #billed(): Record<keyof typeof prices, Metric> {
    const { sockets, http, table } = this.#watched;
    return {
      frames: apiMetric('MessageCount', sockets.apiId),
      requests: apiMetric('Count', http.apiId),
      reads: tableMetric('ConsumedReadCapacityUnits', table.name),
      writes: tableMetric('ConsumedWriteCapacityUnits', table.name),
    };
  }
}

const shares = (objectives: readonly Objective[]): GraphWidget[] =>
  objectives.map((objective) =>
    graph(`${objective.name}, hour by hour (%)`, [goodPercent(objective, Duration.hours(1))]),
  );

/** For the time that the dashboard shows: 30 days are what is promised. */
const budgets = (objectives: readonly Objective[]): SingleValueWidget =>
  new SingleValueWidget({
    title: 'Error budget used, if the dashboard shows 30 days (%)',
    metrics: objectives.map((each) => usedBudgetPercent(each, Duration.hours(1))),
    setPeriodToTimeRange: true,
    ...{ width: 24, height: 3 },
  });

/** What was billed by count in an hour. Minutes of connection are not among it: nothing counts them. */
function cost(billed: Record<keyof typeof prices, Metric>): MathExpression {
  const terms = Object.entries(prices).map(([name, price]) => `FILL(${name},0)*${price}`);
  return new MathExpression({
    expression: `(${terms.join('+')})/1000000`,
    usingMetrics: billed,
    label: 'Dollars an hour',
    period: Duration.hours(1),
  });
}

const graph = (title: string, left: IMetric[]): GraphWidget =>
  new GraphWidget({ title, left, width: 8, height: 6 });
