import {
  Alarm,
  type AlarmBase,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarmRule,
  type MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { exempt } from '../exempt.ts';
import type { Settings } from '../settings/settings.ts';

export interface AlarmsProps {
  readonly settings: Pick<Settings, 'alarmEmail'>;
}

/** The sections of docs/runbook.md, by their anchors. */
export type RunbookSection =
  | 'requests-end-in-faults'
  | 'a-stream-consumer-stops'
  | 'a-record-cannot-be-processed'
  | 'everybody-connects-at-once'
  | 'a-quota-is-used-up'
  | 'answers-are-slow'
  | 'an-error-budget-burns'
  | 'maintenance-does-not-finish'
  | 'the-webhook-is-not-taken';

export interface Watch {
  readonly metric: Metric | MathExpression;
  /** The alarm fires above this value. */
  readonly threshold: number;
  readonly periods?: number;
  readonly meaning: string;
  /** Where it says what to do. */
  readonly section: RunbookSection;
}

/** What an alarm over the states of others says. */
export interface StateWatch extends Pick<Watch, 'meaning' | 'section'> {
  readonly rule: IAlarmRule;
}

/** What wakes an engineer: work lost, work late, or callers seeing our faults. */
export class Alarms extends Construct {
  readonly #topic: Topic | undefined;

  constructor(scope: Construct, id: string, { settings }: AlarmsProps) {
    super(scope, id);
    if (settings.alarmEmail === undefined) return;
    this.#topic = new Topic(this, 'Topic', { enforceSSL: true });
    allowAlarms(this.#topic);
    this.#topic.addSubscription(new EmailSubscription(settings.alarmEmail));
    exempt(this.#topic, {
      'Serverless-SNSRedrivePolicy':
        'Nobody would look for alarms in a queue; CloudWatch shows them all',
    });
  }

  watch(id: string, { metric, threshold, periods = 1, meaning, section }: Watch): Alarm {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      alarmDescription: descriptionOf(id, { meaning, section }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      // Of a few requests one slow one is the 95th percentile.
      ...(isPercentile(metric) && { evaluateLowSampleCountPercentile: 'ignore' }),
    });
    this.#mail(alarm);
    return alarm;
  }

  /** Of the alarms that the rule names, none has to tell anybody. */
  watchStates(id: string, { rule, ...what }: StateWatch): void {
    this.#mail(
      new CompositeAlarm(this, id, {
        alarmRule: rule,
        alarmDescription: descriptionOf(id, what),
      }),
    );
  }

  #mail(alarm: AlarmBase): void {
    if (this.#topic !== undefined) alarm.addAlarmAction(new SnsAction(this.#topic));
  }
}

const descriptionOf = (id: string, { meaning, section }: Pick<Watch, 'meaning' | 'section'>) =>
  `${meaning} What to do: docs/runbook.md#${section}. This alarm: docs/operations.md, ${id}.`;

const isPercentile = (metric: Watch['metric']): boolean =>
  metric instanceof Metric && metric.statistic.startsWith('p');

/** A policy of its own, such as the one that asks for TLS, replaces the one that lets alarms publish. */
function allowAlarms(topic: Topic): void {
  const { account } = Stack.of(topic);
  const alarms = {
    ...{ service: 'cloudwatch', resource: 'alarm', resourceName: '*' },
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  };
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sns:Publish'],
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': Stack.of(topic).formatArn(alarms) },
      },
    }),
  );
}
