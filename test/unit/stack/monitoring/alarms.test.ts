import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anchorsOf } from '../../docs/markdown.ts';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';
import { alarmsIn, compositesIn, expressionOf, watchedBy } from '../support/watched.ts';

const telling = (template: ReturnType<typeof synthesize>) =>
  new Map([...alarmsIn(template), ...compositesIn(template)]);

const quiet = synthesize();
const fault = (name: string) => [`${name}FunctionFaults: Sum Test ${name}Faults{} > 5`];
const stopped =
  'IF(FILL(calls, 0) == 0, reads, 0) AWS/Lambda Invocations{FunctionName} Test Reads{} > 5';

describe('[FA2] the alarms', () => {
  it('fire for the first message in any dead-letter queue', () => {
    const queues = [...alarmsIn(quiet).values()].filter(
      ({ MetricName }) => MetricName === 'ApproximateNumberOfMessagesVisible',
    );
    for (const alarm of queues) {
      expect(alarm).toMatchObject({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
      });
    }
    const names = queues.map(({ Dimensions }) =>
      render((Dimensions as { Value: unknown }[])[0]?.Value),
    );
    expect(names.sort()).toEqual([
      '<FanOutStreamDeadLetters.QueueName>',
      '<PushDeadLetters.QueueName>',
      '<RecorderStreamDeadLetters.QueueName>',
    ]);
  });

  it('watch late work, load, latency and faults', () => {
    const others = [...alarmsIn(quiet)].filter(([, { Namespace }]) => Namespace !== 'AWS/SQS');
    const watched = others.map(([name, alarm]) => {
      const { Statistic, ExtendedStatistic, Threshold } = alarm;
      const statistic = Statistic ?? ExtendedStatistic ?? expressionOf(alarm);
      return `${name}: ${statistic} ${watchedBy(alarm).join(' ')} > ${Threshold}`;
    });
    expect(watched.sort()).toEqual([
      ...fault('Authorizer'),
      'AuthorizerThrottles: Sum AWS/Lambda Throttles{FunctionName} > 5',
      'BrokenConnections: Sum Test BrokenConnections{} > 100',
      'DroppedFrames: Sum Test DroppedFrames{} > 0',
      'FanOutAge: Maximum AWS/Lambda IteratorAge{FunctionName} > 30000',
      ...fault('FanOut'),
      `FanOutStopped: ${stopped}`,
      'HttpFaults: Sum AWS/ApiGateway 5xx{ApiId} > 5',
      ...fault('Http'),
      'HttpLatency: p95 AWS/ApiGateway Latency{ApiId} > 1000',
      'HttpThrottles: Sum AWS/Lambda Throttles{FunctionName} > 5',
      'MaintenanceFailures: Sum AWS/Lambda Errors{FunctionName} > 0',
      ...fault('Maintenance'),
      'MaintenanceUnfinished: Sum Test UnfinishedRuns{} > 0',
      ...fault('Push'),
      'RecorderAge: Maximum AWS/Lambda IteratorAge{FunctionName} > 600000',
      ...fault('Recorder'),
      `RecorderStopped: ${stopped}`,
      'RefusedPosts: Sum Test RefusedPosts{} > 1000',
      'SocketFaults: Sum AWS/ApiGateway IntegrationError{ApiId} > 5',
      ...fault('Socket'),
      'SocketLatency: p95 AWS/ApiGateway IntegrationLatency{ApiId} > 1000',
      'SocketThrottles: Sum AWS/Lambda Throttles{FunctionName} > 5',
      'TableReadThrottles: Sum AWS/DynamoDB ReadThrottleEvents{TableName} > 100',
      'TableWriteThrottles: Sum AWS/DynamoDB WriteThrottleEvents{TableName} > 100',
    ]);
  });

  it('have each a place on the page that says what to do, and the page no other', () => {
    const page = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    const headings = page.split('\n').filter((line) => /^#### `/.test(line));
    const named = headings.flatMap((line) =>
      [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    const all = synthesize({ webhookUrl: 'https://chat.example.com/seenby' });
    expect(named.sort()).toEqual([...telling(all).keys()].sort());
  });

  it('[AW3] name each the section of the runbook that says what to do', () => {
    const all = synthesize({ webhookUrl: 'https://chat.example.com/seenby' });
    const anchors = anchorsOf('docs/runbook.md');
    for (const [name, { AlarmDescription }] of telling(all)) {
      const [, anchor, here] =
        /What to do: docs\/runbook\.md#([\w-]+)\. This alarm: docs\/operations\.md, (\w+)\.$/.exec(
          String(AlarmDescription),
        ) ?? [];
      expect(anchors, name).toContain(anchor);
      expect(here).toBe(name);
    }
  });

  it('send a mail when there is an address for it', () => {
    quiet.resourceCountIs('AWS::SNS::Topic', 0);
    const mailed = synthesize({ alarmEmail: 'on-call@example.com' });
    mailed.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
    });
    for (const { AlarmActions } of telling(mailed).values()) {
      expect((AlarmActions as unknown[]).map(render)).toEqual(['<AlarmsTopic>']);
    }
  });

  it('may publish: a policy of the topic takes the place of the one that SNS gives', () => {
    const mailed = synthesize({ alarmEmail: 'on-call@example.com' });
    const [policy] = Object.values(mailed.findResources('AWS::SNS::TopicPolicy'));
    expect(policy?.Properties.Topics.map(render)).toEqual(['<AlarmsTopic>']);
    const { Statement } = policy?.Properties.PolicyDocument ?? {};
    const [allowed] = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(allowed).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
    });
    expect(render(allowed.Resource)).toBe('<AlarmsTopic>');
    const { StringEquals, ArnLike } = allowed.Condition;
    expect(render(StringEquals['aws:SourceAccount'])).toBe('<AWS::AccountId>');
    expect(render(ArnLike['aws:SourceArn'])).toBe(
      'arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*',
    );
  });
});
