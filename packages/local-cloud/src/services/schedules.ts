import { type Clock, systemClock } from '../clock.ts';
import type { Functions } from '../lambda/functions.ts';
import { InvokePermissions } from '../lambda/invoke-permissions.ts';
import { localAccount } from '../template/physical-names.ts';
import { type Template, TemplateError } from '../template/template.ts';
import { type NextRun, readSchedule } from './schedule-expression.ts';

interface ScheduledRule {
  ruleId: string;
  nextRun: NextRun;
  targets: { functionId: string; allowed: boolean }[];
}

interface RuleProperties {
  ScheduleExpression?: string;
  State?: string;
  Targets?: { Arn: string }[];
}

export interface Schedules {
  /** Runs every scheduled function now, whatever the time. Throws naming what failed. */
  runNow(): Promise<void>;
  stop(): void;
}

/** Runs the template's scheduled rules at their times. Throws TemplateError for one it cannot run. */
export function startSchedules(options: {
  template: Template;
  functions: Functions;
  clock?: Clock | undefined;
  log?: (line: string) => void;
}): Schedules {
  const { template, functions, clock = systemClock, log = () => {} } = options;
  const rules = readRules(template);
  const waiting = new Map<string, () => void>();

  const run = async ({ ruleId, targets }: ScheduledRule): Promise<string[]> => {
    const event = scheduledEvent(clock.nowMs());
    const runs = targets.map(async ({ functionId, allowed }) => {
      if (!allowed) return [`${functionId} has no permission for ${ruleId} to call it`];
      const invocation = await functions.invoke(functionId, event);
      return invocation.ok ? [] : [`${functionId}: ${invocation.errorMessage}`];
    });
    return (await Promise.all(runs)).flat();
  };
  const wait = (rule: ScheduledRule): void => {
    const now = clock.nowMs();
    const callOff = clock.after(rule.nextRun(now) - now, () => {
      wait(rule);
      // What a function threw is in the log of invocations; a call that Lambda refused is not.
      void run(rule).then((failures) => failures.forEach(log));
    });
    waiting.set(rule.ruleId, callOff);
  };
  for (const rule of rules) wait(rule);

  return {
    async runNow() {
      const failures = (await Promise.all(rules.map(run))).flat();
      if (failures.length > 0) throw new Error(failures.join('\n'));
    },
    stop() {
      for (const callOff of waiting.values()) callOff();
    },
  };
}

function readRules(template: Template): ScheduledRule[] {
  const permissions = new InvokePermissions(template);
  return template.resources<RuleProperties>('AWS::Events::Rule').flatMap((rule) => {
    const { ScheduleExpression: expression, State, Targets = [] } = rule.properties;
    if (expression === undefined || State === 'DISABLED') return [];
    const sourceArn = String(template.resolve({ 'Fn::GetAtt': [rule.logicalId, 'Arn'] }));
    const targets = Targets.map(({ Arn }) => {
      const functionId = template.logicalIdOf(Arn);
      if (functionId === undefined) {
        throw new TemplateError(`The rule ${rule.logicalId} has a target that does not exist.`);
      }
      return { functionId, allowed: permissions.allow(Arn, { service: 'events', sourceArn }) };
    });
    return [{ ruleId: rule.logicalId, nextRun: readSchedule(expression), targets }];
  });
}

const scheduledEvent = (nowMs: number) => ({
  version: '0',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: localAccount.accountId,
  time: new Date(nowMs).toISOString(),
  region: localAccount.region,
  resources: [],
  detail: {},
});
