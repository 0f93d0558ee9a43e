import type { LogGroupProps } from 'aws-cdk-lib/aws-logs';
import { removalPolicyOf } from '../data/removal-policy.ts';
import type { Settings } from '../settings/settings.ts';

export type LogSettings = Pick<Settings, 'logRetentionDays' | 'removalPolicy'>;

/** Log groups carry generated names: a kept one never stands in the way of the next deployment. */
export function logGroupOptions(settings: LogSettings): LogGroupProps {
  return { retention: settings.logRetentionDays, removalPolicy: removalPolicyOf(settings) };
}
