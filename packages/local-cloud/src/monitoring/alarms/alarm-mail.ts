import { localAccount } from '../../template/physical-names.ts';
import type { Mail } from '../topics.ts';
import type { StateChange } from './alarm.ts';

const { accountId, region } = localAccount;

/** What a mail of CloudWatch tells, in fewer words. */
export function alarmMail({ alarm, from, to, reason, atMs }: StateChange): Omit<Mail, 'address'> {
  const facts = {
    ...{ Name: alarm.name, Description: alarm.description, 'State Change': `${from} -> ${to}` },
    'Reason for State Change': reason,
    Timestamp: new Date(atMs).toISOString(),
    'AWS Account': accountId,
    'Alarm Arn': alarm.arn,
  };
  return {
    subject: `${to}: "${alarm.name}" in ${region}`,
    text: Object.entries(facts)
      .map(([name, value]) => `- ${name}: ${value}`)
      .join('\n'),
  };
}
