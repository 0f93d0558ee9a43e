import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { badShare, budgetOf, type Objective } from './objectives.ts';

/**
 * How many times faster than in 30 days the budget is used, over a long time, and still over a short one: a fault that
 * has ended wakes nobody. The first uses 2 % of the budget in an hour, the second 5 % in six.
 */
const burns = [
  { rate: 14.4, long: Duration.hours(1), short: Duration.minutes(5) },
  { rate: 6, long: Duration.hours(6), short: Duration.minutes(30) },
];

/** One alarm for each objective whose budget is used up too fast. */
export class BurnAlarms extends Construct {
  constructor(scope: Construct, id: string, alarms: Alarms, objectives: readonly Objective[]) {
    super(scope, id);
    for (const objective of objectives) {
      const rule = AlarmRule.anyOf(
        ...burns.map(({ rate, long, short }) =>
          AlarmRule.allOf(
            this.#watch(objective, rate, long, true),
            this.#watch(objective, rate, short, false),
          ),
        ),
      );
      const { name, meaning, target } = objective;
      alarms.watchStates(`${name}Burn`, {
        rule,
        meaning: `${meaning}, so often that ${target * 100} % of 30 days will be missed.`,
        section: 'an-error-budget-burns',
      });
    }
  }

  #watch(objective: Objective, rate: number, period: Duration, isGuarded: boolean) {
    const { name } = objective;
    const alarm = new Alarm(this, `${name}${period.toMinutes()}Minutes`, {
      metric: badShare(objective, period, { isGuarded }),
      threshold: Number((rate * budgetOf(objective)).toFixed(6)),
      evaluationPeriods: 1,
      alarmDescription: `Part of ${name}Burn: tells nobody by itself.`,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    return AlarmRule.fromAlarm(alarm, AlarmState.ALARM);
  }
}
