import { expect, it } from 'vitest';
import { Monitoring } from '../../src/monitoring/monitoring.ts';
import { Template } from '../../src/template/template.ts';
import { ManualClock } from '../manual-clock.ts';
import { writeAssembly } from '../template/write-assembly.ts';

const minuteMs = 60_000;
const worker = ['FunctionName', 'Worker'];

const body = {
  widgets: [
    { type: 'text', properties: { markdown: 'Hello' } },
    {
      type: 'metric',
      properties: {
        title: 'Work',
        metrics: [
          ['AWS/Lambda', 'Duration', ...worker, { stat: 'Maximum', label: 'slowest' }],
          ['AWS/Lambda', 'Errors', ...worker, { stat: 'Sum', id: 'bad', visible: false }],
          ['AWS/Lambda', 'Throttles', ...worker, { stat: 'Sum', id: 'refused', period: 60 }],
          [{ expression: 'bad + refused', label: 'trouble', period: 300 }],
          ['AWS/DynamoDB', 'WriteThrottleEvents', 'TableName', 'Items', { stat: 'Sum' }],
        ],
      },
    },
  ],
};

it('a dashboard shows the newest period of each line, the minute that runs included', () => {
  const clock = new ManualClock(Date.UTC(2026, 0, 2, 3, 4));
  const template = Template.read(
    writeAssembly({
      Resources: {
        Worker: { Type: 'AWS::Lambda::Function', Properties: {} },
        Board: {
          Type: 'AWS::CloudWatch::Dashboard',
          Properties: { DashboardBody: { 'Fn::Join': ['', [JSON.stringify(body)]] } },
        },
      },
    }),
  );
  const silent = { log: () => {}, note: () => {}, sampleQueues: () => [] };
  const monitoring = new Monitoring(template, { ...silent, clock });
  const invoke = (durationMs: number, error?: string) =>
    monitoring.noteInvocation({
      ...{ functionName: 'Worker', logGroupName: '/logs', requestId: 'r', coldStart: false },
      ...{ durationMs, lines: [], ...(error !== undefined && { error }) },
    });
  const shown = () =>
    monitoring.graphs(clock.nowMs()).map(({ title, lines }) => [title, ...lines.map(shownBy)]);
  const shownBy = ({ label, value }: { label: string; value: number | undefined }) =>
    `${label} ${value}`;

  invoke(5, 'Error: no');
  clock.advance(minuteMs);
  invoke(3);
  monitoring.noteThrottled({ kind: 'Write', resource: 'arn:aws:dynamodb:x:0:table/Items' });
  monitoring.noteThrottled({ kind: 'Write', resource: 'arn:aws:dynamodb:x:0:table/Items/index/a' });
  expect(shown()).toEqual([
    ['Work', 'slowest 5', 'Throttles 0', 'WriteThrottleEvents 1', 'trouble 1'],
  ]);
  clock.advance(4 * minuteMs);
  invoke(4);
  expect(shown()).toEqual([
    ['Work', 'slowest 4', 'Throttles 0', 'WriteThrottleEvents 1', 'trouble 0'],
  ]);
  clock.advance(5 * minuteMs);
  expect(shown()[0]?.[1]).toBe('slowest undefined');
});
