import { type Clock, systemClock } from '../gateway/clock.ts';
import type { Functions } from '../lambda/functions.ts';
import { localAccount } from '../template/physical-names.ts';
import { type Template, TemplateError } from '../template/template.ts';
import { type NextRun, readSchedule } from './schedule-expression.ts';

interface ScheduledRule {
  ruleId: string;
  nextRun: NextRun;
  functionIds: string[];
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
}): Schedules {
  const { template, functions, clock = systemClock } = options;
  const rules = readRules(template);
  const waiting = new Map<string, () => void>();

  const run = async ({ functionIds }: ScheduledRule): Promise<string[]> => {
    const event = scheduledEvent(clock.nowMs());
    const runs = functionIds.map(async (functionId) => {
      const invocation = await functions.invoke(functionId, event);
      return invocation.ok ? [] : [`${functionId}: ${invocation.errorMessage}`];
    });
    return (await Promise.all(runs)).flat();
  };
  const wait = (rule: ScheduledRule): void => {
    const now = clock.nowMs();
    const callOff = clock.after(rule.nextRun(now) - now, () => {
      wait(rule);
      // A failure is in the log of invocations.
      void run(rule);
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
  return template.resources<RuleProperties>('AWS::Events::Rule').flatMap((rule) => {
    const { ScheduleExpression: expression, State, Targets = [] } = rule.properties;
    if (expression === undefined || State === 'DISABLED') return [];
    const functionIds = Targets.map(({ Arn }) => {
      const functionId = template.logicalIdOf(Arn);
      if (functionId === undefined) {
        throw new TemplateError(`The rule ${rule.logicalId} has a target that does not exist.`);
      }
      return functionId;
    });
    return [{ ruleId: rule.logicalId, nextRun: readSchedule(expression), functionIds }];
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
