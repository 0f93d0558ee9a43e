import { beforeEach, describe, expect, it } from 'vitest';
import { Monitoring } from '../../src/monitoring/monitoring.ts';
import { Template } from '../../src/template/template.ts';
import { ManualClock } from '../manual-clock.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 0, 2, 3, 4);
let clock: ManualClock;
let log: string[];
let notes: string[];

beforeEach(() => {
  clock = new ManualClock(startMs);
  log = [];
  notes = [];
});

/** An alarm on the errors of a function, with a mail for what becomes of it. */
function watch(alarm: object = {}, resources: object = {}): Monitoring {
  const Resources = {
    Worker: { Type: 'AWS::Lambda::Function', Properties: {} },
    Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
    Mail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { Protocol: 'email', Endpoint: 'me@example.com', TopicArn: { Ref: 'Topic' } },
    },
    Failing: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmActions: [{ Ref: 'Topic' }],
        AlarmDescription: 'It fails.',
        ComparisonOperator: 'GreaterThanThreshold',
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Worker' } }],
        EvaluationPeriods: 1,
        MetricName: 'Errors',
        Namespace: 'AWS/Lambda',
        Period: 60,
        Statistic: 'Sum',
        Threshold: 0,
        TreatMissingData: 'notBreaching',
        ...alarm,
      },
    },
    ...resources,
  };
  return new Monitoring(Template.read(writeAssembly({ Resources })), {
    ...{ clock, log: (line) => log.push(line), note: (line) => notes.push(line) },
    sampleQueues: () => [],
  });
}

const invocation = (durationMs: number, error?: string) => ({
  ...{ functionName: 'Worker', logGroupName: '/logs', requestId: 'r', coldStart: false },
  ...{ durationMs, lines: [], ...(error !== undefined && { error }) },
});

/** An alarm on an expression. */
function idle(expression: string): object {
  const query = (Id: string, MetricName: string, Stat: string) => ({
    ...{ Id, ReturnData: false },
    MetricStat: {
      Metric: {
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Worker' } }],
        ...{ MetricName, Namespace: 'AWS/Lambda' },
      },
      ...{ Period: 60, Stat },
    },
  });
  return {
    ...{ Namespace: undefined, MetricName: undefined, Dimensions: undefined, Period: undefined },
    Metrics: [
      { Id: 'e', Expression: expression },
      query('slow', 'Duration', 'Maximum'),
      query('calls', 'Invocations', 'Sum'),
      query('none', 'IteratorAge', 'Maximum'),
    ],
  };
}

/** One minute, with invocations of these durations; negative ones fail. */
function pass(monitoring: Monitoring, ...durations: number[]): string | undefined {
  for (const each of durations) {
    monitoring.noteInvocation(invocation(Math.abs(each), each < 0 ? 'Error: no' : undefined));
  }
  clock.advance(minuteMs);
  monitoring.evaluate(clock.nowMs());
  return monitoring.states().Failing;
}

describe('[AW3] an alarm', () => {
  it('mails what happened once, and again only after it was over', () => {
    const monitoring = watch();
    expect(monitoring.states()).toEqual({ Failing: 'INSUFFICIENT_DATA' });
    expect(pass(monitoring, 5)).toBe('OK');
    expect(monitoring.mails).toEqual([]);
    expect(pass(monitoring, 5, -5, -5)).toBe('ALARM');
    expect(pass(monitoring, -5)).toBe('ALARM');
    expect(monitoring.mails).toHaveLength(1);
    expect(monitoring.mails[0]).toMatchObject({
      address: 'me@example.com',
      subject: 'ALARM: "Failing" in us-east-1',
      text: expect.stringMatching(/Name: Failing[\s\S]*It fails[\s\S]*OK -> ALARM[\s\S]*\[2 \(/),
    });
    expect(pass(monitoring)).toBe('OK');
    expect(pass(monitoring, -5)).toBe('ALARM');
    expect(monitoring.mails).toHaveLength(2);
    expect(log.filter((line) => line.startsWith('The alarm Failing fires: '))).toHaveLength(2);
  });

  it('looks at whole minutes only', () => {
    const monitoring = watch();
    monitoring.noteInvocation(invocation(1, 'Error: no'));
    monitoring.evaluate(startMs + minuteMs - 1);
    expect(monitoring.states().Failing).toBe('OK');
    monitoring.evaluate(startMs + minuteMs);
    expect(monitoring.states().Failing).toBe('ALARM');
  });

  it('is evaluated by itself at the end of every minute, until it is stopped', () => {
    const monitoring = watch();
    monitoring.start();
    monitoring.noteInvocation(invocation(1, 'Error: no'));
    clock.advance(minuteMs);
    expect(monitoring.states().Failing).toBe('ALARM');
    clock.advance(minuteMs);
    expect(monitoring.states().Failing).toBe('OK');
    monitoring.stop();
    expect(clock.pendingTimers).toBe(0);
  });

  it('needs as many datapoints as it says, of as many periods', () => {
    const monitoring = watch({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    expect(pass(monitoring, -1)).toBe('OK');
    expect(pass(monitoring, 1)).toBe('OK');
    expect(pass(monitoring, -1)).toBe('ALARM');
    expect(pass(monitoring, 1)).toBe('OK');
  });

  it('slides with every minute over a longer period', () => {
    const monitoring = watch({ Period: 180, Threshold: 1 });
    expect(pass(monitoring, -1)).toBe('OK');
    expect(pass(monitoring)).toBe('OK');
    expect(pass(monitoring, -1)).toBe('ALARM');
    expect(pass(monitoring)).toBe('OK');
  });

  it.each([
    ['missing', 'INSUFFICIENT_DATA'],
    ['ignore', 'ALARM'],
    ['breaching', 'ALARM'],
    ['notBreaching', 'OK'],
  ])('with missing data as %s is %s after it fired and no data came', (treated, state) => {
    const monitoring = watch({ TreatMissingData: treated });
    expect(pass(monitoring, -1)).toBe('ALARM');
    expect(pass(monitoring)).toBe(state);
  });

  it.each([
    ['Maximum', 9, 10],
    ['Minimum', 0, 1],
    ['Sum', 54, 55],
    ['Average', 5, 5.5],
    ['SampleCount', 9, 10],
    ['p90', 8, 9],
  ])('over the %s of 1 to 10 fires above %d, not above %d', (name, below, value) => {
    const statistic = name === 'p90' ? { ExtendedStatistic: name } : { Statistic: name };
    const series = { MetricName: 'Duration', ...statistic, Threshold: below };
    const durations = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(pass(watch(series), ...durations)).toBe('ALARM');
    expect(pass(watch({ ...series, Threshold: value }), ...durations)).toBe('OK');
  });

  it('over a percentile stays as it is where values are too few to say, if it is told to', () => {
    const p50 = { MetricName: 'Duration', ExtendedStatistic: 'p50', Statistic: undefined };
    const few = watch({ ...p50, EvaluateLowSampleCountPercentile: 'ignore' });
    expect(pass(few)).toBe('OK');
    expect(pass(few, ...Array<number>(19).fill(9))).toBe('OK');
    expect(pass(few, ...Array<number>(20).fill(9))).toBe('ALARM');
    expect(pass(watch(p50), 9)).toBe('ALARM');
  });

  it.each([
    ['Errors', 'OK'],
    ['Invocations', 'OK'],
    ['Throttles', 'ALARM'],
  ])('on %s is %s when an invocation was throttled', (MetricName, state) => {
    const monitoring = watch({ MetricName });
    monitoring.noteInvocation(invocation(0, 'TooManyRequestsException: Rate Exceeded.'));
    expect(pass(monitoring)).toBe(state);
  });

  it('tells of its end where that is asked for, and nothing with its actions off', () => {
    const ending = watch({ AlarmActions: [], OKActions: [{ Ref: 'Topic' }] });
    pass(ending, -1);
    pass(ending, 1);
    expect(ending.mails.map(({ subject }) => subject)).toEqual(['OK: "Failing" in us-east-1']);
    const silent = watch({ ActionsEnabled: false });
    expect(pass(silent, -1)).toBe('ALARM');
    expect(silent.mails).toEqual([]);
  });

  it.each([
    ['IF(slow > 2 AND calls == 2, 1, 0)', 'ALARM'],
    ['IF(slow > 2 && calls != 2, 1, 0)', 'OK'],
    ['IF(slow > 9 OR calls < 3, 1, 0)', 'ALARM'],
    ['1 - slow / (calls * 2.5)', 'OK'],
    ['6 / 2 - 2 >= slow', 'OK'],
    ['slow / (calls - 2)', 'OK'],
    ['FILL(none, 0) + calls', 'ALARM'],
    ['none + calls', 'OK'],
    ['SUM([none, calls])', 'ALARM'],
    ['SUM([none, calls, slow]) - 7', 'OK'],
    ['SUM([none]) + 1', 'OK'],
  ])('over %s of 5 ms at most and 2 invocations is %s', (expression, state) => {
    expect(pass(watch(idle(expression)), 5, 3)).toBe(state);
  });

  it('reaches nobody where the policy of the topic allows nothing, and says so at once', () => {
    const denied = {
      Effect: 'Deny',
      Action: 'sns:Publish',
      Principal: '*',
      Resource: { Ref: 'Topic' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const monitoring = watch(
      {},
      {
        Policy: {
          Type: 'AWS::SNS::TopicPolicy',
          Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [denied] } },
        },
      },
    );
    const refused = expect.stringMatching(
      /^No policy lets the alarm Failing publish to arn:aws:sns/,
    );
    expect(log).toEqual([refused]);
    expect(pass(monitoring, -1)).toBe('ALARM');
    expect(monitoring.mails).toEqual([]);
    expect(log.at(-1)).toEqual(refused);
  });

  it('says at the start that nothing here measures what it watches', () => {
    watch({ MetricName: 'Bills' });
    expect(notes).toEqual(['The alarm Failing watches AWS/Lambda Bills, not measured here.']);
    expect(log).toEqual([]);
  });

  it.each([
    [{ Metrics: [{ Id: 'a', Expression: '1' }] }, 'expression'],
    [idle('RATE(calls)'), '"RATE"'],
    [idle('calls + others'), '"others"'],
    [idle('(calls'), '"the end"'],
    [idle('calls calls'), '"calls"'],
    [idle('SUM(calls)'), '"calls"'],
    [idle('SUM([calls)'), '")"'],
    [{ Period: 10 }, 'period'],
    [{ Statistic: 'TM(5%:95%)' }, 'statistic'],
    [{ ComparisonOperator: 'GreaterThanUpperThreshold' }, 'threshold'],
  ])('that cannot be evaluated is refused: %j', (properties, word) => {
    expect(() => watch(properties)).toThrow(word);
  });

  it.each([
    [
      {
        Mail: {
          Type: 'AWS::SNS::Subscription',
          Properties: { Protocol: 'sms', TopicArn: { Ref: 'Topic' } },
        },
      },
      'by sms',
    ],
    [
      { Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/aws/sns' } } },
      'encrypted',
    ],
  ])('whose topic cannot be run is refused: %j', (resources, word) => {
    expect(() => watch({}, resources)).toThrow(word);
  });
});
