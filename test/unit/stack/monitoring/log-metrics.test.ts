import { describe, expect, it } from 'vitest';
import { awsMetrics } from '../support/aws-metrics.ts';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';
import {
  alarmsIn,
  burnPartsIn,
  dashboardMetrics,
  filteredMetrics,
  watchedBy,
} from '../support/watched.ts';

const template = synthesize();
const filters = Object.values(template.findResources('AWS::Logs::MetricFilter')).map(
  ({ Properties }) => ({ ...Properties.MetricTransformations[0], ...Properties }),
);

describe('the metrics of the logs', () => {
  it('count faults of every function, and by route of those that have routes', () => {
    const faults = filters.filter(({ FilterPattern }) => FilterPattern.includes('"ERROR"'));
    expect(
      faults.map(({ MetricName, LogGroupName }) => [MetricName, render(LogGroupName)]).sort(),
    ).toEqual([
      ['AuthorizerFaults', '<AuthorizerLogs>'],
      ['FanOutFaults', '<FanOutLogs>'],
      ['HttpFaults', '<HttpLogs>'],
      ['HttpFaultsByRoute', '<HttpLogs>'],
      ['MaintenanceFaults', '<MaintenanceLogs>'],
      ['PushFaults', '<PushLogs>'],
      ['RecorderFaults', '<RecorderLogs>'],
      ['SocketFaults', '<SocketLogs>'],
      ['SocketFaultsByRoute', '<SocketLogs>'],
    ]);
  });

  it('are in a namespace of the stack: two stacks of an account are not added up', () => {
    const other = synthesize({ stackName: 'Other' });
    for (const metric of filteredMetrics(template)) expect(metric).toMatch(/^Test /);
    for (const metric of filteredMetrics(other)) expect(metric).toMatch(/^Other /);
  });

  it('have their value in the pattern, and no default beside dimensions', () => {
    for (const { FilterPattern, MetricValue, Dimensions, DefaultValue } of filters) {
      expect(FilterPattern).toMatch(/^\{ \$\.[\w.]+ = "[^"]+"( && \$\.[\w.]+ (= "\*"|> 0))? \}$/);
      if (MetricValue !== '1') expect(FilterPattern).toContain(`${MetricValue} > 0`);
      if (Dimensions) expect(FilterPattern).toContain(`${Dimensions[0].Value} = `);
      expect(DefaultValue).toBeUndefined();
    }
  });
});

describe('the dashboard', () => {
  it('shows metrics that AWS publishes or a filter makes', () => {
    const known = new Set([...awsMetrics, ...filteredMetrics(template)]);
    const shown = dashboardMetrics(template);
    expect(shown.length).toBeGreaterThan(15);
    for (const metric of shown) expect(known).toContain(metric);
  });

  it('can be left out', () => {
    synthesize({ dashboard: 'false' }).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });
});

describe('every metric of a filter', () => {
  it('is in an alarm, or on the dashboard, or counts faults by route', () => {
    const used = new Set([
      ...[...alarmsIn(template).values()].flatMap(watchedBy),
      ...dashboardMetrics(template),
    ]);
    const unused = [...filteredMetrics(template)].filter((metric) => !used.has(metric));
    expect(unused.sort()).toEqual([
      'Test HttpFaultsByRoute{Route}',
      'Test SocketFaultsByRoute{Route}',
    ]);
  });
});

describe('every alarm', () => {
  it('watches a metric that AWS publishes or a filter makes', () => {
    const known = new Set([...awsMetrics, ...filteredMetrics(template)]);
    for (const [name, alarm] of [...alarmsIn(template), ...burnPartsIn(template)]) {
      for (const metric of watchedBy(alarm)) expect(known, name).toContain(metric);
    }
  });
});
