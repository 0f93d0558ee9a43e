import { TemplateError } from '../../template/template-error.ts';
import { compileExpression } from './metric-math.ts';
import type { MetricId, MetricStore } from './metric-store.ts';
import { readStatistic, sampleCount } from './statistics.ts';

export interface Datapoint {
  startsAtMs: number;
  /** Undefined when nothing was recorded. */
  value: number | undefined;
  /** A percentile of too few values. */
  isChance: boolean;
}

/** A metric, or an expression of some, by periods. */
export interface Series {
  periodMs: number;
  /** What has to be recorded for it. */
  metrics: readonly MetricId[];
  /** In an expression the period is the expression's. */
  at(store: MetricStore, startsAtMs: number, periodMs?: number): Datapoint;
}

export function metricSeries(
  metric: MetricId,
  { statistic: name, minSamples = 0, seconds }: MetricSeriesOptions,
): Series {
  const statistic = readStatistic(name);
  const periodMs = seconds * 1000;
  return {
    ...{ periodMs, metrics: [metric] },
    at(store, startsAtMs, lengthMs = periodMs) {
      const values = store.between(metric, startsAtMs, startsAtMs + lengthMs);
      const samples = sampleCount(values);
      const value = samples === 0 ? undefined : statistic(values);
      return { startsAtMs, value, isChance: samples > 0 && samples < minSamples };
    },
  };
}

interface MetricSeriesOptions {
  statistic: string;
  /** With fewer values in a period its percentile is chance. */
  minSamples?: number;
  seconds: number;
}

/** @param named What the expression's ids stand for. Throws TemplateError for what is not known. */
export function expressionSeries(
  expression: string,
  named: ReadonlyMap<string, Series>,
  seconds: number,
): Series {
  const evaluate = compileExpression(expression);
  const seriesOf = (id: string): Series => {
    const series = named.get(id);
    if (!series) throw new TemplateError(`Nothing is called "${id}" in ${expression}.`);
    return series;
  };
  // A wrong one shows at the start.
  for (const [id] of expression.matchAll(/\b[a-z]\w*/g)) seriesOf(id);
  const periodMs = seconds * 1000;
  return {
    periodMs,
    metrics: [...named.values()].flatMap(({ metrics }) => metrics),
    at: (store, startsAtMs) => ({
      ...{ startsAtMs, isChance: false },
      value: evaluate((id) => seriesOf(id).at(store, startsAtMs, periodMs).value),
    }),
  };
}
