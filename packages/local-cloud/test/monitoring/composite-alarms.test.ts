import { beforeEach, describe, expect, it } from 'vitest';
import { compileAlarmRule } from '../../src/monitoring/alarms/alarm-rule.ts';
import { Monitoring } from '../../src/monitoring/monitoring.ts';
import { Template } from '../../src/template/template.ts';
import { ManualClock } from '../manual-clock.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const minuteMs = 60_000;
let clock: ManualClock;
let log: string[];

beforeEach(() => {
  clock = new ManualClock(Date.UTC(2026, 0, 2, 3, 4));
  log = [];
});

const alarmOn = (MetricName: string) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ...{ MetricName, Namespace: 'AWS/Lambda', Period: 60, Statistic: 'Sum', Threshold: 0 },
    Dimensions: [{ Name: 'FunctionName', Value: 'Worker' }],
    ...{ ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1 },
    TreatMissingData: 'notBreaching',
  },
});

/** Errors and throttles of a function, and an alarm with a mail over the states of both. */
function watch(properties: object): Monitoring {
  const Resources = {
    Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
    Mail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { Protocol: 'email', Endpoint: 'me@example.com', TopicArn: { Ref: 'Topic' } },
    },
    Failing: alarmOn('Errors'),
    Throttled: alarmOn('Throttles'),
    Bad: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: { AlarmActions: [{ Ref: 'Topic' }], AlarmDescription: 'Bad.', ...properties },
    },
  };
  return new Monitoring(Template.read(writeAssembly({ Resources })), {
    ...{ clock, log: (line) => log.push(line), note: () => {}, sampleQueues: () => [] },
  });
}

const bothArns = {
  'Fn::Join': [
    '',
    [
      '(ALARM("',
      { 'Fn::GetAtt': ['Failing', 'Arn'] },
      '") AND ALARM("',
      { 'Fn::GetAtt': ['Throttled', 'Arn'] },
      '"))',
    ],
  ],
};

/** One minute, with an invocation for each of these errors. */
function pass(monitoring: Monitoring, ...errors: string[]) {
  for (const error of errors) {
    const at = { functionName: 'Worker', logGroupName: '/logs', requestId: 'r', coldStart: false };
    monitoring.noteInvocation({ ...at, durationMs: 1, lines: [], error });
  }
  clock.advance(minuteMs);
  monitoring.evaluate(clock.nowMs());
  return monitoring.states();
}

const failure = 'Error: no';
const throttle = 'TooManyRequestsException: Rate Exceeded.';

describe('[AW3] a composite alarm', () => {
  it('mails once when its rule comes to hold, and is over when it no longer does', () => {
    const monitoring = watch({ AlarmRule: bothArns });
    expect(monitoring.states().Bad).toBe('INSUFFICIENT_DATA');
    expect(pass(monitoring, failure)).toMatchObject({ Failing: 'ALARM', Bad: 'OK' });
    expect(monitoring.mails).toEqual([]);
    expect(pass(monitoring, failure, throttle)).toMatchObject({ Bad: 'ALARM' });
    expect(pass(monitoring, failure, throttle)).toMatchObject({ Bad: 'ALARM' });
    expect(monitoring.mails).toMatchObject([
      {
        subject: 'ALARM: "Bad" in us-east-1',
        text: expect.stringMatching(/Bad\.[\s\S]*Failing: ALARM, .*Throttled: ALARM/),
      },
    ]);
    expect(pass(monitoring, throttle)).toMatchObject({ Throttled: 'ALARM', Bad: 'OK' });
    expect(log.filter((line) => line.startsWith('The alarm Bad fires: '))).toHaveLength(1);
  });

  it.each([
    [{ AlarmRule: 'ALARM("Other")' }, 'Other'],
    [{ AlarmRule: 'ALARM("Bad")' }, 'Bad'],
    [{ AlarmRule: 'ALARM("Failing")', ActionsSuppressor: 'Throttled' }, 'suppressor'],
    [{ AlarmRule: 'ALARM("Failing") XOR TRUE' }, '"XOR"'],
    [{ AlarmRule: 'ALARM("Failing"' }, '"the end"'],
    [{ AlarmRule: 'AT_LEAST(1, ALARM, (Failing))' }, '"AT_LEAST"'],
  ])('that cannot be evaluated is refused: %j', (properties, word) => {
    expect(() => watch(properties)).toThrow(word);
  });
});

describe('a rule', () => {
  const states: Record<string, 'ALARM' | 'OK'> = { a: 'ALARM', b: 'OK', c: 'ALARM' };

  it.each<[string, boolean]>([
    ['ALARM("a")', true],
    ['ALARM(b)', false],
    ['OK("b") AND NOT ALARM("b")', true],
    ['ALARM("a") OR ALARM("b") AND OK("c")', true],
    ['(ALARM("a") OR ALARM("b")) AND OK("c")', false],
    ['NOT (ALARM("a") AND ALARM("c"))', false],
    ['INSUFFICIENT_DATA("a") OR FALSE', false],
    ['TRUE', true],
  ])('%s is %s', (rule, holds) => {
    expect(compileAlarmRule(rule).holds((alarm) => states[alarm])).toBe(holds);
  });
});
