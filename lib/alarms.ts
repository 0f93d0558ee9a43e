import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { HttpApi } from './http-api.ts';
import type { SeenbyFunction } from './seenby-function.ts';
import type { Settings } from './settings.ts';
import type { StreamConsumer } from './stream-consumer.ts';
import type { WebSocketApi } from './web-socket-api.ts';

export interface AlarmsProps {
  readonly settings: Pick<Settings, 'alarmEmail'>;
}

interface Watch {
  readonly metric: IMetric;
  /** The alarm fires above this value. */
  readonly threshold: number;
  readonly periods?: number;
  readonly meaning: string;
}

/** What wakes an engineer: work lost, work late, or callers seeing our faults. */
export class Alarms extends Construct {
  readonly #topic: Topic | undefined;

  constructor(scope: Construct, id: string, { settings }: AlarmsProps) {
    super(scope, id);
    if (settings.alarmEmail === undefined) return;
    this.#topic = new Topic(this, 'Topic', { enforceSSL: true });
    this.#topic.addSubscription(new EmailSubscription(settings.alarmEmail));
  }

  watchDeadLetters(id: string, consumer: StreamConsumer): void {
    this.#watch(id, {
      metric: consumer.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 0,
      meaning: 'Changes of the table were given up; the queue says which.',
    });
  }

  watchAge(id: string, consumer: StreamConsumer): void {
    this.#watch(id, {
      metric: consumer.handler.metric('IteratorAge', {
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: Duration.minutes(10).toMilliseconds(),
      periods: 3,
      meaning: 'History falls behind; what is older than 24 hours is lost to it.',
    });
  }

  watchFailures(id: string, handler: SeenbyFunction): void {
    this.#watch(id, {
      metric: handler.metricErrors({ period: Duration.hours(1) }),
      threshold: 0,
      periods: 3,
      meaning: 'Days stay uncounted, and what expires is not archived; its log says why.',
    });
  }

  watchHttp(id: string, api: HttpApi): void {
    this.#watch(id, {
      metric: apiMetric('5xx', api.apiId),
      threshold: 5,
      meaning: 'HTTP callers see our faults.',
    });
  }

  watchSocket(id: string, api: WebSocketApi): void {
    this.#watch(id, {
      metric: apiMetric('IntegrationError', api.apiId),
      threshold: 5,
      meaning: 'Frames of WebSocket clients end in our faults.',
    });
  }

  #watch(id: string, { metric, threshold, periods = 1, meaning }: Watch): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      alarmDescription: meaning,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.#topic !== undefined) alarm.addAlarmAction(new SnsAction(this.#topic));
  }
}

function apiMetric(metricName: string, apiId: string): Metric {
  return new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: apiId },
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
}
