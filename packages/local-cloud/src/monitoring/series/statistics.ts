import { TemplateError } from '../../template/template-error.ts';
import type { Values } from './metric-store.ts';

/** Of at least one value. */
export type Statistic = (values: Values) => number;

export const sampleCount: Statistic = (values) =>
  [...values.values()].reduce((total, count) => total + count, 0);
const sum: Statistic = (values) =>
  [...values].reduce((total, [value, count]) => total + value * count, 0);

const statistics: Readonly<Record<string, Statistic>> = {
  Average: (values) => sum(values) / sampleCount(values),
  Maximum: (values) => Math.max(...values.keys()),
  Minimum: (values) => Math.min(...values.keys()),
  SampleCount: sampleCount,
  Sum: sum,
};

/** By CloudWatch's name: one of the five, or a percentile such as `p95`. Throws TemplateError. */
export function readStatistic(name: string): Statistic {
  const found = statistics[name];
  if (found !== undefined) return found;
  const percent = Number(/^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name)?.[1] ?? Number.NaN);
  if (Number.isNaN(percent)) {
    throw new TemplateError(`The local cloud does not know the statistic "${name}".`);
  }
  return (values) => percentile(values, percent);
}

/** The smallest value that so many percent of all do not exceed. */
function percentile(values: Values, percent: number): number {
  const rank = (sampleCount(values) * percent) / 100;
  let passed = 0;
  for (const [value, count] of [...values].sort(([one], [other]) => one - other)) {
    passed += count;
    if (passed >= rank) return value;
  }
  return Number.NaN;
}

/** Below this CloudWatch takes a percentile for chance. */
export function minSamples(name: string): number {
  const share = Number(/^p([\d.]+)$/.exec(name)?.[1] ?? Number.NaN) / 100;
  if (Number.isNaN(share)) return 0;
  return 10 / (share >= 0.5 ? 1 - share : share);
}
