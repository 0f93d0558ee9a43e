import type { Template } from '../template/template.ts';
import type { MetricStore } from './series/metric-store.ts';
import { expressionSeries, metricSeries, type Series } from './series/series.ts';

/** What a graph of a dashboard shows of a moment. */
export interface Graph {
  title: string;
  lines: { label: string; value: number | undefined }[];
}

export interface GraphSettings {
  title: string;
  lines: { label: string; series: Series }[];
}

interface Rendering {
  expression?: string;
  id?: string;
  label?: string;
  period?: number;
  stat?: string;
  visible?: boolean;
}

/** Namespace, name, and names and values of dimensions; all missing from an expression. */
type Line = [...words: string[], rendering: Rendering];

interface Body {
  widgets: { properties: { title?: string; metrics?: Line[]; period?: number; stat?: string } }[];
}

const usual = { period: 300, stat: 'Average' };

/** The graphs of the template's dashboards. */
export const readDashboards = (template: Template): GraphSettings[] =>
  template
    .resources<{ DashboardBody: string }>('AWS::CloudWatch::Dashboard')
    .flatMap(({ properties }) => (JSON.parse(properties.DashboardBody) as Body).widgets)
    .filter(({ properties }) => properties.metrics !== undefined)
    .map(({ properties: { title = '', metrics = [], ...more } }) => ({
      title,
      lines: readLines(metrics.map((line) => withRendering(line, { ...usual, ...more }))),
    }));

type ReadLine = { words: string[]; rendering: Rendering & typeof usual };

function withRendering(line: Line, defaults: typeof usual): ReadLine {
  const last = line.at(-1);
  const own = typeof last === 'object' ? last : {};
  const words = line.filter((each): each is string => typeof each === 'string');
  return { words, rendering: { ...defaults, ...own } };
}

function readLines(lines: readonly ReadLine[]): GraphSettings['lines'] {
  const named = new Map<string, Series>();
  const all = lines
    .filter(({ words }) => words.length > 0)
    .map(({ words: [namespace = '', name = '', ...rest], rendering }) => {
      const dimensions = Object.fromEntries(
        rest.flatMap((word, i) => (i % 2 === 0 ? [[word, rest[i + 1] ?? '']] : [])),
      );
      const options = { statistic: rendering.stat, seconds: rendering.period };
      const series = metricSeries({ namespace, name, dimensions }, options);
      if (rendering.id !== undefined) named.set(rendering.id, series);
      return { label: rendering.label ?? name, series, isShown: rendering.visible !== false };
    });
  const expressions = lines.flatMap(({ rendering: { expression, label, period } }) =>
    expression === undefined
      ? []
      : [{ label: label ?? expression, series: expressionSeries(expression, named, period) }],
  );
  return [...all.filter(({ isShown }) => isShown), ...expressions];
}

/** The period that ends then. */
export const showGraph = (
  { title, lines }: GraphSettings,
  store: MetricStore,
  endMs: number,
): Graph => ({
  title,
  lines: lines.map(({ label, series }) => ({
    label,
    value: series.at(store, endMs - series.periodMs).value,
  })),
});
