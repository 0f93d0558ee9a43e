import { describe, expect, it } from 'vitest';
import { environmentNames } from '../../../../functions/runtime/environment.ts';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';
import { alarmsIn, filteredMetrics, watchedBy } from '../support/watched.ts';

const webhookUrl = 'https://chat.example.com/seenby';
const template = synthesize({ webhookUrl });
const propertiesOf = (type: string, name: string) => {
  const found = Object.entries(template.findResources(type)).filter(
    ([id]) => id.replace(/[0-9A-F]{8}$/, '') === name,
  );
  expect(found).toHaveLength(1);
  return found[0]?.[1].Properties;
};

describe('[EV2] the webhook', () => {
  it('is there only where an address is set, and brings the bus', () => {
    const without = synthesize({ events: 'true' });
    without.resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(Object.keys(without.findResources('AWS::SQS::Queue'))).toHaveLength(4);
    template.resourceCountIs('AWS::Events::EventBus', 1);
  });

  it('takes all events of the bus from a queue, which no other rule may send to', () => {
    const rule = propertiesOf('AWS::Events::Rule', 'WebhookRule');
    expect(rule.EventPattern).toEqual({ source: ['seenby'] });
    expect(render(rule.EventBusName)).toBe('<EventsBus>');
    expect(rule.Targets.map(({ Arn }: { Arn: unknown }) => render(Arn))).toEqual([
      '<WebhookQueue.Arn>',
    ]);
    expect(render(rule.Targets[0].DeadLetterConfig.Arn)).toBe('<WebhookDeadLetters.Arn>');
    const { Statement } = propertiesOf(
      'AWS::SQS::QueuePolicy',
      'WebhookQueuePolicy',
    ).PolicyDocument;
    const allowed = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(allowed.map(({ Principal }: { Principal: unknown }) => Principal)).toEqual([
      { Service: 'events.amazonaws.com' },
    ]);
    expect(render(allowed[0].Condition.ArnEquals['aws:SourceArn'])).toBe('<WebhookRule.Arn>');
  });

  it('keeps what the queue does not take: the rule may send to the dead letters as well', () => {
    const { Statement } = propertiesOf(
      'AWS::SQS::QueuePolicy',
      'WebhookDeadLettersPolicy',
    ).PolicyDocument;
    const allowed = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      { Action: 'sqs:SendMessage', Principal: { Service: 'events.amazonaws.com' } },
    ]);
    expect(render(allowed[0].Condition.ArnEquals['aws:SourceArn'])).toBe('<WebhookRule.Arn>');
  });

  it('[FA2] keeps an event for longer than all attempts may take, and then in a queue of its own', () => {
    const queue = propertiesOf('AWS::SQS::Queue', 'WebhookQueue');
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(100);
    const maxPauseHours = 1;
    expect(queue.MessageRetentionPeriod).toBeGreaterThan(100 * maxPauseHours * 3600);
    const { Timeout } = propertiesOf('AWS::Lambda::Function', 'Webhook');
    expect(queue.VisibilityTimeout).toBeGreaterThan(2 * Timeout);
  });

  it('has a secret that is base64 of at least 24 bytes', () => {
    const { GenerateSecretString } = propertiesOf('AWS::SecretsManager::Secret', 'WebhookSecret');
    expect(GenerateSecretString).toEqual({ PasswordLength: 44, ExcludePunctuation: true });
  });

  it('[SE7] knows its address, secret and queue, and may do what it does', () => {
    const { NODE_OPTIONS: _, ...told } = propertiesOf('AWS::Lambda::Function', 'Webhook')
      .Environment.Variables;
    const rendered = Object.entries(told).map(([name, value]) => [name, render(value)]);
    expect(Object.fromEntries(rendered)).toEqual({
      [environmentNames.webhookUrl]: webhookUrl,
      [environmentNames.webhookSecret]: '<WebhookSecret>',
      [environmentNames.webhookQueue]: '<WebhookQueue>',
    });
    const { Statement } = propertiesOf(
      'AWS::IAM::Policy',
      'WebhookRoleDefaultPolicy',
    ).PolicyDocument;
    const allowed = Statement.flatMap(({ Action, Resource }: Record<string, string[]>) =>
      [Action].flat().map((action) => `${action} on ${render(Resource)}`),
    );
    expect(allowed.filter((line: string) => !line.startsWith('logs:')).sort()).toEqual([
      'secretsmanager:GetSecretValue on <WebhookSecret>',
      ...['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'].map(
        (action) => `sqs:${action} on <WebhookQueue.Arn>`,
      ),
    ]);
  });

  it('is watched: faults, refusals and what was given up', () => {
    const more = [...alarmsIn(template)].filter(([name]) => !alarmsIn(synthesize()).has(name));
    expect(more.map(([name, alarm]) => `${name}: ${watchedBy(alarm)}`).sort()).toEqual([
      'RefusedEvents: Test RefusedEvents{}',
      'WebhookDeadLetters: AWS/SQS ApproximateNumberOfMessagesVisible{QueueName}',
      'WebhookFunctionFaults: Test WebhookFaults{}',
    ]);
    expect([...filteredMetrics(template)]).toEqual(
      expect.arrayContaining(['Test RefusedEvents{}', 'Test WebhookFaults{}']),
    );
  });
});
