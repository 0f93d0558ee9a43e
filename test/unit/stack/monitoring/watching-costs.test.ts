import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { synthesize } from '../support/synthesize.ts';
import { filteredMetrics } from '../support/watched.ts';

/** Dollars a month in us-east-1, without what AWS gives for free. */
const prices = { metricOfAlarm: 0.1, compositeAlarm: 0.5, customMetric: 0.3, dashboard: 3 };

const template = synthesize();
const page = readFileSync(new URL('../../../../docs/costs.md', import.meta.url), 'utf8');

/** The alarms and metrics whose logical id begins so. */
function watchingOf(beginning: string) {
  const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm'));
  const counted = alarms.filter(([id]) => id.startsWith(beginning));
  return counted
    .map(([, { Properties }]) =>
      Properties.Metrics === undefined
        ? 1
        : (Properties.Metrics as object[]).filter((query) => 'MetricStat' in query).length,
    )
    .reduce((sum, each) => sum + each, 0);
}

const composites = Object.keys(template.findResources('AWS::CloudWatch::CompositeAlarm')).length;
/** One by route has as many as there are routes with faults. */
const metrics = [...filteredMetrics(template)].filter((metric) => metric.endsWith('{}'));
const ofObjectives = metrics.filter((metric) => /Late\{\}$/.test(metric));

it.each([
  ['alarms', watchingOf('Alarms'), prices.metricOfAlarm],
  ['alarms of the objectives', watchingOf('Objectives'), prices.metricOfAlarm],
  ['their three sums', composites, prices.compositeAlarm],
  ['metrics from the logs', metrics.length - ofObjectives.length, prices.customMetric],
  ['metrics of the objectives', ofObjectives.length, prices.customMetric],
  ['the dashboard', 1, prices.dashboard],
])('the page of costs says what watching costs: %s', (what, count, price) => {
  expect(count).toBeGreaterThan(0);
  expect(page).toContain(
    `| ${what} | ${count} | ${price.toFixed(2)} | ${(count * price).toFixed(2)} |`,
  );
});

it('the page of costs has their sum', () => {
  const rows = page.matchAll(/^\| [^|]+ \| \d+ \| [\d.]+ \| ([\d.]+) \|$/gm);
  const sum = [...rows].reduce((total, [, dollars]) => total + Number(dollars), 0);
  expect(page).toContain(`Together they cost $${sum.toFixed(2)} a month`);
});
