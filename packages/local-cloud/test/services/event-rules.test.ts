import { describe, expect, it } from 'vitest';
import type { PublishedEvent } from '../../src/services/event-buses.ts';
import { EventRules } from '../../src/services/event-rules.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
const target = { Id: 'T', Arn: arnOf('Orders'), DeadLetterConfig: { Arn: arnOf('Dead') } };
const rule = (more: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: { Ref: 'Bus' },
    EventPattern: { source: ['shop'], 'detail-type': [{ prefix: 'order.' }] },
    State: 'ENABLED',
    Targets: [target],
    ...more,
  },
});
/** As CDK lets a rule send to a queue. */
const policyOf = (id: string, ruleId = 'Rule') => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: id }],
    PolicyDocument: {
      Statement: {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Resource: arnOf(id),
        Condition: { ArnEquals: { 'aws:SourceArn': arnOf(ruleId) } },
      },
    },
  },
});

function rulesOf(resources: object) {
  const template = Template.read(
    writeAssembly({
      Resources: {
        Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
        ...{ Orders: queue, Dead: queue, Rule: rule() },
        ...resources,
      },
    }),
  );
  const sent: string[] = [];
  const logged: string[] = [];
  const nameOf = (arn: string) => arn.split(':').at(-1);
  const note = (arn: string, event: PublishedEvent) =>
    sent.push(`${nameOf(arn)} ${event['detail-type']}`);
  const rules = new EventRules({
    template,
    send: (arn, body) => note(arn, JSON.parse(body)),
    sendDeadLetter: (arn, message) => note(arn, message as PublishedEvent),
    log: (line) => logged.push(line),
  });
  const publish = (type: string, { bus = 'shop', source = 'shop' } = {}) =>
    rules.deliver(bus, { 'detail-type': type, source } as PublishedEvent);
  return { publish, sent, logged };
}

describe('a rule that waits for events', () => {
  it('delivers what its pattern matches on its bus, to every target', () => {
    const both = rule({ Targets: [target, { Id: 'U', Arn: arnOf('Dead') }] });
    const policies = { A: policyOf('Orders'), B: policyOf('Dead') };
    const { publish, sent } = rulesOf({ Rule: both, ...policies });
    publish('order.placed');
    publish('order.placed', { bus: 'default' });
    publish('order.placed', { source: 'post' });
    publish('price.changed');
    expect(sent).toEqual(['Orders order.placed', 'Dead order.placed']);
  });

  it('delivers nothing while it is off', () => {
    const { publish, sent } = rulesOf({ Rule: rule({ State: 'DISABLED' }), A: policyOf('Orders') });
    publish('order.placed');
    expect(sent).toEqual([]);
  });

  it.each([
    ['has no policy', {}],
    ['lets another rule', { A: policyOf('Orders', 'Other'), Other: rule({ State: 'DISABLED' }) }],
  ])('[AW1] may not send to a queue that %s: the event is a dead letter', (_, policies) => {
    const { publish, sent, logged } = rulesOf({ ...policies, B: policyOf('Dead') });
    publish('order.placed');
    expect(sent).toEqual(['Dead order.placed']);
    expect(logged).toEqual([expect.stringContaining('does not let')]);
  });

  it('[AW1] loses what neither queue takes', () => {
    const { publish, sent } = rulesOf({});
    publish('order.placed');
    expect(sent).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['is no queue', { Arn: arnOf('Bus') }, 'to queues only'],
    ['changes the event', { InputPath: '$.detail' }, 'no InputPath of a target'],
  ])('is refused at the start where a target %s', (_, more, reason) => {
    expect(() => rulesOf({ Rule: rule({ Targets: [{ ...target, ...more }] }) })).toThrow(reason);
  });
});
