import { describe, expect, it } from 'vitest';
import { environmentNames } from '../../../../functions/runtime/environment.ts';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';

function pushOf(settings: Readonly<Record<string, unknown>> = {}) {
  const template = synthesize(settings);
  const find = (type: string, prefix: string) =>
    Object.entries(template.findResources(type)).find(([id]) => id.startsWith(prefix))?.[1]
      ?.Properties;
  return {
    mapping: find('AWS::Lambda::EventSourceMapping', 'PushMapping'),
    queue: find('AWS::SQS::Queue', 'PushQueue'),
    push: find('AWS::Lambda::Function', 'Push'),
    socket: find('AWS::Lambda::Function', 'Socket'),
  };
}

describe('the queue of pushes', () => {
  const { mapping, queue, push } = pushOf();

  it('[FA2] leaves what fails its function again and again to a queue of dead letters', () => {
    expect(render(queue.RedrivePolicy.deadLetterTargetArn)).toBe('<PushDeadLetters.Arn>');
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
    expect(queue.SqsManagedSseEnabled).toBe(true);
    expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(render(mapping.EventSourceArn)).toBe('<PushQueue.Arn>');
  });

  it('hides a job for longer than its function may take, as Lambda demands', () => {
    expect(queue.VisibilityTimeout).toBeGreaterThan(push.Timeout);
  });
});

describe('[FA5] the posts of all fan-outs together', () => {
  it.each([
    [100, 2, '50'],
    [1500, 3, '500'],
    [1501, 4, '375'],
    [8000, 16, '500'],
  ])('are %i a second with %i Lambdas at %s', (postsPerSecond, sandboxes, each) => {
    const { mapping, push, socket } = pushOf({ postsPerSecond });
    expect(mapping.ScalingConfig).toEqual({ MaximumConcurrency: sandboxes });
    for (const { Environment } of [push, socket]) {
      expect(Environment.Variables[environmentNames.postsPerSecond]).toBe(each);
    }
  });

  it('reserve no concurrency: accounts that are granted ten have none to reserve', () => {
    expect(pushOf().push.ReservedConcurrentExecutions).toBeUndefined();
  });

  it('leave room for requests in regions that allow 2,500 in all', () => {
    const { Properties: sockets } = stageOf('WEBSOCKET');
    const { Properties: http } = stageOf('HTTP');
    const inbound = [sockets, http].map((stage) => stage.DefaultRouteSettings.ThrottlingRateLimit);
    expect(inbound[0] + inbound[1] + 1500).toBe(2500);
  });
});

function stageOf(protocol: 'HTTP' | 'WEBSOCKET') {
  const template = synthesize();
  const apis = template.findResources('AWS::ApiGatewayV2::Api', {
    Properties: { ProtocolType: protocol },
  });
  const [apiId = ''] = Object.keys(apis);
  const [stage] = Object.values(
    template.findResources('AWS::ApiGatewayV2::Stage', { Properties: { ApiId: { Ref: apiId } } }),
  );
  if (!stage) throw new Error(`no stage of ${protocol}`);
  return stage;
}
