import { describe, expect, it } from 'vitest';
import { MetricFilters } from '../../src/monitoring/metric-filters.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

function filters(...MetricTransformations: object[]): MetricFilters {
  const Resources = {
    Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/logs' } },
    Filter: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        FilterPattern: '{ $.message.what = "late" }',
        LogGroupName: { Ref: 'Group' },
        MetricTransformations,
      },
    },
  };
  return new MetricFilters(Template.read(writeAssembly({ Resources })));
}

const named = { MetricNamespace: 'App', MetricName: 'Late' };
const metric = { namespace: 'App', name: 'Late', dimensions: {} };
const late = JSON.stringify({ message: { what: 'late', byMs: 7, route: 'send' } });
const other = JSON.stringify({ message: { what: 'other' } });

describe('[AW3] a metric filter', () => {
  it('counts the events of its log group that match', () => {
    const counting = filters({ ...named, MetricValue: '1' });
    expect(counting.read('/logs', late)).toEqual([{ metric, value: 1 }]);
    expect(counting.read('/logs', other)).toEqual([]);
    expect(counting.read('/others', late)).toEqual([]);
  });

  it('takes value and dimensions from fields, and nothing where one is missing', () => {
    const Dimensions = [{ Key: 'Route', Value: '$.message.route' }];
    const measuring = filters({ ...named, MetricValue: '$.message.byMs', Dimensions });
    const dimensions = { Route: 'send' };
    expect(measuring.read('/logs', late)).toEqual([
      { metric: { ...metric, dimensions }, value: 7 },
    ]);
    expect(measuring.read('/logs', '{"message":{"what":"late","byMs":7}}')).toEqual([]);
    expect(measuring.read('/logs', '{"message":{"what":"late","route":"send"}}')).toEqual([]);
  });

  it('has its default value for events that do not match', () => {
    const counting = filters({ ...named, MetricValue: '1', DefaultValue: 0 });
    expect(counting.read('/logs', other)).toEqual([{ metric, value: 0 }]);
  });

  it('has no default value beside dimensions, which AWS refuses', () => {
    const Dimensions = [{ Key: 'Route', Value: '$.message.route' }];
    const both = { ...named, MetricValue: '1', DefaultValue: 0, Dimensions };
    expect(() => filters(both)).toThrow('Filter has both dimensions and a default value.');
  });
});
