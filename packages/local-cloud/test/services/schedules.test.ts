import { describe, expect, it } from 'vitest';
import type { Functions } from '../../src/lambda/functions.ts';
import { readSchedule } from '../../src/services/schedule-expression.ts';
import { startSchedules } from '../../src/services/schedules.ts';
import { Template } from '../../src/template/template.ts';
import { ManualClock } from '../manual-clock.ts';
import { writeAssembly } from '../template/write-assembly.ts';

describe('a schedule', () => {
  const after = Date.UTC(2026, 0, 15, 9, 20, 30);
  const next = (expression: string) =>
    new Date(readSchedule(expression)(after)).toISOString().slice(0, 16);

  it.each([
    ['cron(20 * * * ? *)', '2026-01-15T10:20'],
    ['cron(21 * * * ? *)', '2026-01-15T09:21'],
    ['cron(20 0 * * ? *)', '2026-01-16T00:20'],
    ['cron(0/15 9-10 ? * * *)', '2026-01-15T09:30'],
    ['cron(0,50 8,23 * * ? *)', '2026-01-15T23:00'],
    ['rate(5 minutes)', '2026-01-15T09:25'],
    ['rate(1 day)', '2026-01-16T09:20'],
  ])('%s runs next at %s', (expression, at) => {
    expect(next(expression)).toBe(at);
  });

  it.each([
    'cron(0 9 ? * MON *)',
    'cron(0 9 1 * ? *)',
    'cron(60 * * * ? *)',
    'cron(9-5 * * * ? *)',
    'rate(2 weeks)',
    'at(2026-01-01T00:00:00)',
  ])('%s is refused', (expression) => {
    expect(() => readSchedule(expression)).toThrow(expression);
  });
});

const lambda = {
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x' },
};
const rule = (more: object) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    ScheduleExpression: 'cron(20 * * * ? *)',
    State: 'ENABLED',
    Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Daily', 'Arn'] } }],
    ...more,
  },
});

const allowed = {
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': ['Daily', 'Arn'] },
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] },
  },
};

function start(resources: Record<string, object>, fails = false) {
  const template = Template.read(
    writeAssembly({ Resources: { Daily: lambda, ...resources } as never }, {}),
  );
  const clock = new ManualClock();
  const runs: string[] = [];
  const logged: string[] = [];
  const functions: Functions = {
    async invoke(logicalId, event) {
      runs.push(`${logicalId} ${(event as { 'detail-type': string })['detail-type']}`);
      return fails
        ? { ok: false, errorType: 'Error', errorMessage: 'no', durationMs: 1 }
        : { ok: true, payload: null, durationMs: 1 };
    },
    names: () => ['Daily'],
    stop: async () => {},
  };
  const log = (line: string) => void logged.push(line);
  return { clock, runs, logged, schedules: startSchedules({ template, functions, clock, log }) };
}

describe('the scheduled rules of the template', () => {
  const hourMs = 3_600_000;

  it('run at their times until they are stopped', () => {
    const { clock, runs, schedules } = start({ Rule: rule({}), Allowed: allowed });
    clock.advance(hourMs);
    expect(runs).toEqual(['Daily Scheduled Event']);
    clock.advance(2 * hourMs);
    expect(runs).toHaveLength(3);
    schedules.stop();
    clock.advance(5 * hourMs);
    expect(runs).toHaveLength(3);
  });

  it('run on demand as well, and then say what failed', async () => {
    const template = { Rule: rule({}), Allowed: allowed };
    const { runs, schedules } = start(template);
    await schedules.runNow();
    expect(runs).toHaveLength(1);
    schedules.stop();
    await expect(start(template, true).schedules.runNow()).rejects.toThrow('Daily: no');
  });

  it('[AW1] run nothing that they have no permission to call, and say so', async () => {
    const { clock, runs, logged, schedules } = start({
      Other: rule({}),
      Rule: rule({ State: 'DISABLED' }),
      Allowed: allowed,
    });
    await expect(schedules.runNow()).rejects.toThrow('no permission for Other');
    clock.advance(hourMs);
    await expect.poll(() => logged).toEqual(['Daily has no permission for Other to call it']);
    expect(runs).toEqual([]);
    schedules.stop();
  });

  it('are left alone when they are off or wait for events', async () => {
    const { runs, schedules } = start({
      Off: rule({ State: 'DISABLED' }),
      Pattern: rule({ ScheduleExpression: undefined, EventPattern: {} }),
    });
    await schedules.runNow();
    expect(runs).toEqual([]);
  });

  it('must have targets that exist', () => {
    const lost = rule({ Targets: [{ Id: 'Target0', Arn: 'arn:aws:lambda:x:y:function:z' }] });
    expect(() => start({ Lost: lost })).toThrow('The rule Lost has a target that does not exist.');
  });
});
