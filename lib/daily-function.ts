import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { environmentNames } from '../functions/environment.ts';
import { SeenbyFunction } from './seenby-function.ts';
import type { Settings } from './settings.ts';
import type { Table } from './table.ts';
import { dailyActions } from './table-actions.ts';

export interface DailyFunctionProps {
  readonly settings: Settings;
  readonly table: Table;
}

/** Counts the days that are over, and winds up what expires. */
export class DailyFunction extends SeenbyFunction {
  constructor(scope: Construct, id: string, { settings, table }: DailyFunctionProps) {
    super(scope, id, { entry: 'daily', memoryMb: 1769, timeoutSeconds: 900, settings });
    this.setEnvironment(environmentNames.retentionDays, `${settings.retentionDays}`);
    table.allow(this, dailyActions);
    // The run at 00:20 UTC has the work of the day; those after it go on where it had to stop, and
    // find nothing to do on most days.
    new Rule(scope, `${id}Schedule`, {
      schedule: Schedule.cron({ minute: '20' }),
      targets: [new LambdaFunction(this)],
    });
  }
}
