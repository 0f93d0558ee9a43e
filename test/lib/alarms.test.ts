import { describe, expect, it } from 'vitest';
import { render } from './render.ts';
import { synthesize } from './synthesize.ts';

function alarmsOf(template: ReturnType<typeof synthesize>) {
  return Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties,
  );
}

const quiet = synthesize();

describe('[FA2] the alarms', () => {
  it('fire for the first change in either dead-letter queue', () => {
    const queues = alarmsOf(quiet).filter(({ Namespace }) => Namespace === 'AWS/SQS');
    for (const alarm of queues) {
      expect(alarm).toMatchObject({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
      });
    }
    expect(queues.map(({ Dimensions }) => render(Dimensions[0].Value)).sort()).toEqual([
      '<FanOutStreamDeadLetters.QueueName>',
      '<RecorderStreamDeadLetters.QueueName>',
    ]);
  });

  it('watch the age of history and the faults that callers see', () => {
    const others = alarmsOf(quiet).filter(({ Namespace }) => Namespace !== 'AWS/SQS');
    const watched = others.map(
      ({ MetricName, Dimensions }) => `${MetricName} of ${render(Dimensions[0].Value)}`,
    );
    expect(watched.sort()).toEqual([
      '5xx of <HttpApi>',
      'Errors of <Daily>',
      'IntegrationError of <WebSocketApi>',
      'IteratorAge of <Recorder>',
    ]);
  });

  it('send a mail when there is an address for it', () => {
    quiet.resourceCountIs('AWS::SNS::Topic', 0);
    const mailed = synthesize({ alarmEmail: 'on-call@example.com' });
    mailed.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
    });
    for (const { AlarmActions } of alarmsOf(mailed)) {
      expect(AlarmActions.map(render)).toEqual(['<AlarmsTopic>']);
    }
  });
});
