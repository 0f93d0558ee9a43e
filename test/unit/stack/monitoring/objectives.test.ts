import { describe, expect, it } from 'vitest';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';
import {
  burnPartsIn,
  compositesIn,
  dashboardMetrics,
  expressionOf,
  watchedBy,
} from '../support/watched.ts';

const template = synthesize({ alarmEmail: 'on-call@example.com' });
const parts = burnPartsIn(template);

interface Query {
  MetricStat?: { Period: number; Stat: string };
}

const queriesOf = (part: Record<string, unknown> = {}) => (part.Metrics ?? []) as Query[];

/** Seconds, and the share of bad ones above which a part fires. */
const windows: [string, number, number][] = [
  ['5', 300, 14.4],
  ['60', 3600, 14.4],
  ['30', 1800, 6],
  ['360', 21_600, 6],
];
const budgets = { Availability: 0.001, Author: 0.05, Convergence: 0.01 };

describe.each(Object.entries(budgets))('the objective %s', (name, budget) => {
  it.each(windows)('is watched over %s minutes', (minutes, seconds, rate) => {
    const part = parts.get(`${name}${minutes}Minutes`);
    expect(part).toMatchObject({
      ...{ EvaluationPeriods: 1, TreatMissingData: 'notBreaching' },
      ComparisonOperator: 'GreaterThanThreshold',
    });
    expect(part?.Threshold).toBeCloseTo(rate * budget, 6);
    const metrics = queriesOf(part).flatMap(({ MetricStat }) => MetricStat ?? []);
    expect(new Set(metrics.map(({ Period }) => Period))).toEqual(new Set([seconds]));
    expect(new Set(metrics.map(({ Stat }) => Stat))).toEqual(new Set(['Sum']));
  });

  it('needs ten bad ones over the long times, and none of it tells anybody by itself', () => {
    for (const [minutes] of windows) {
      const part = parts.get(`${name}${minutes}Minutes`) ?? {};
      const isLong = minutes === '60' || minutes === '360';
      expect(expressionOf(part)).toMatch(
        isLong ? /^IF\(SUM\(.*\) >= 10, SUM.*, 0\)$/ : /^SUM.* \/ SUM/,
      );
      expect(part.AlarmActions).toBeUndefined();
    }
  });

  it('fires for both times of one pace, not for one of each', () => {
    const rule = render(compositesIn(template).get(`${name}Burn`)?.AlarmRule);
    const id = (minutes: string) => `<Objectives${name}${minutes}Minutes.Arn>`;
    const both = (long: string, short: string) =>
      `(ALARM("${id(long)}") AND ALARM("${id(short)}"))`;
    expect(rule).toBe(`(${both('60', '5')} OR ${both('360', '30')})`);
  });

  it('is on the dashboard with the metrics of its alarms', () => {
    const shown = dashboardMetrics(template);
    const watched = watchedBy(parts.get(`${name}5Minutes`) ?? {});
    expect(watched.length).toBeGreaterThan(1);
    for (const metric of watched) expect(shown).toContain(metric);
  });
});

it('no alarm looks at more metrics than CloudWatch takes, or over a longer time', () => {
  for (const part of parts.values()) {
    const periods = queriesOf(part).flatMap(({ MetricStat }) => MetricStat?.Period ?? []);
    expect(periods.length).toBeLessThanOrEqual(10);
    expect(Math.max(...periods) * Number(part.EvaluationPeriods)).toBeLessThanOrEqual(7 * 86_400);
  }
});
