import { TemplateError } from '../../template/template-error.ts';
import { expressionSeries, metricSeries, type Series } from './series.ts';
import { minSamples } from './statistics.ts';

interface Dimension {
  Name: string;
  Value: string;
}

interface Metric {
  Namespace?: string;
  MetricName?: string;
  Dimensions?: Dimension[];
}

/** A line of `Metrics`: a metric, or an expression of the others. */
interface MetricQuery {
  Id: string;
  Expression?: string;
  MetricStat?: { Metric: Metric; Period: number; Stat: string };
  Period?: number;
  /** Of one line only: what the alarm looks at. */
  ReturnData?: boolean;
}

export interface SeriesProperties extends Metric {
  EvaluateLowSampleCountPercentile?: string;
  ExtendedStatistic?: string;
  Metrics?: MetricQuery[];
  Period?: number;
  Statistic?: string;
}

/** What an alarm looks at. Throws TemplateError for what cannot be evaluated here. */
export function readSeries(logicalId: string, properties: SeriesProperties): Series {
  const { Metrics, Period = 0 } = properties;
  if (Metrics !== undefined) return readQueries(logicalId, Metrics);
  const statistic = properties.ExtendedStatistic ?? properties.Statistic ?? '';
  const ignoresFew = properties.EvaluateLowSampleCountPercentile === 'ignore';
  return readMetric(logicalId, properties, {
    ...{ statistic, seconds: Period },
    minSamples: ignoresFew ? minSamples(statistic) : 0,
  });
}

function readQueries(logicalId: string, queries: readonly MetricQuery[]): Series {
  const named = new Map<string, Series>();
  for (const { Id, MetricStat } of queries) {
    if (MetricStat === undefined) continue;
    const { Metric, Period, Stat } = MetricStat;
    named.set(Id, readMetric(logicalId, Metric, { statistic: Stat, seconds: Period }));
  }
  const [shown, ...others] = queries.filter(({ ReturnData }) => ReturnData !== false);
  const periods = new Set([...named.values()].map(({ periodMs }) => periodMs));
  const [periodMs = 0] = periods;
  if (shown?.Expression === undefined || others.length > 0 || periods.size !== 1) {
    throw new TemplateError(
      `${logicalId} is not one expression of metrics with one period; the local cloud evaluates no other.`,
    );
  }
  return expressionSeries(shown.Expression, named, periodMs / 1000);
}

function readMetric(
  logicalId: string,
  { Namespace, MetricName, Dimensions = [] }: Metric,
  options: Parameters<typeof metricSeries>[1],
): Series {
  if (Namespace === undefined || MetricName === undefined) {
    throw new TemplateError(`${logicalId} watches no metric.`);
  }
  if (options.seconds < 60 || options.seconds % 60 !== 0) {
    throw new TemplateError(
      `${logicalId} has a period of ${options.seconds} s; here it takes whole minutes.`,
    );
  }
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  return metricSeries({ namespace: Namespace, name: MetricName, dimensions }, options);
}
