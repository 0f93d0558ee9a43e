import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { Table } from '../data/table.ts';
import { maintenanceGrants } from '../data/table-grants.ts';
import { exempt } from '../exempt.ts';
import type { Settings } from '../settings/settings.ts';
import { SeenbyFunction } from './seenby-function.ts';

export interface MaintenanceFunctionProps {
  readonly settings: Settings;
  readonly table: Table;
}

/** Rolls up the statistics of days that are over, and closes the retention periods that expire. */
export class MaintenanceFunction extends SeenbyFunction {
  constructor(scope: Construct, id: string, { settings, table }: MaintenanceFunctionProps) {
    super(scope, id, { entry: 'maintenance', memoryMb: 1769, timeoutSeconds: 900, settings });
    table.allow(this, maintenanceGrants);
    // The run at 00:20 UTC has the work of the day; those after it go on where it had to stop, and
    // find nothing to do on most days.
    const rule = new Rule(scope, `${id}Schedule`, {
      schedule: Schedule.cron({ minute: '20' }),
      targets: [new LambdaFunction(this.target)],
    });
    exempt(rule, {
      'Serverless-EventBusDLQ': 'The next run does what a lost one should have done',
    });
  }
}
