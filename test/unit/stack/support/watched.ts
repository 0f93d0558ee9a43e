import { render } from './render.ts';
import type { synthesize } from './synthesize.ts';

type Template = ReturnType<typeof synthesize>;

type Alarms = Map<string, Record<string, unknown>>;

/** The alarms on metrics by the name that the docs give them, with their properties. */
export const alarmsIn = (template: Template): Alarms => named(template, 'Alarm', 'Alarms');

/** The alarms over the states of others. */
export const compositesIn = (template: Template): Alarms =>
  named(template, 'CompositeAlarm', 'Alarms');

/** The alarms that only these look at. */
export const burnPartsIn = (template: Template): Alarms => named(template, 'Alarm', 'Objectives');

function named(template: Template, type: string, construct: string): Alarms {
  const all = Object.entries(template.findResources(`AWS::CloudWatch::${type}`));
  const name = new RegExp(`^${construct}(\\w+)[0-9A-F]{8}$`);
  return new Map(
    all.flatMap(([id, { Properties }]) => {
      const [, found] = name.exec(id) ?? [];
      return found === undefined ? [] : [[found, Properties as Record<string, unknown>]];
    }),
  );
}

/** `Namespace Name{Dimensions}` of each metric that a filter of the template makes. */
export function filteredMetrics(template: Template): Set<string> {
  const filters = Object.values(template.findResources('AWS::Logs::MetricFilter'));
  return new Set(
    filters.flatMap(({ Properties }) =>
      Properties.MetricTransformations.map(
        (each: { MetricNamespace: string; MetricName: string; Dimensions?: { Key: string }[] }) =>
          nameOf(
            each.MetricNamespace,
            each.MetricName,
            each.Dimensions?.map(({ Key }) => Key),
          ),
      ),
    ),
  );
}

const nameOf = (namespace: unknown, name: unknown, dimensions: string[] = []): string =>
  `${namespace} ${name}{${dimensions.sort().join()}}`;

interface MetricQuery {
  Expression?: string;
  MetricStat?: { Metric: Record<string, unknown> };
}

/** The metrics of an alarm, as above: one, or those of its expression. */
export function watchedBy(alarm: Record<string, unknown>): string[] {
  const queries = alarm.Metrics as MetricQuery[] | undefined;
  if (queries === undefined) return [metricOf(alarm)];
  return queries.flatMap(({ MetricStat }) => (MetricStat ? [metricOf(MetricStat.Metric)] : []));
}

export const expressionOf = ({ Metrics }: Record<string, unknown>): string | undefined =>
  (Metrics as MetricQuery[] | undefined)?.find(({ Expression }) => Expression)?.Expression;

function metricOf({ Namespace, MetricName, Dimensions }: Record<string, unknown>): string {
  const dimensions = (Dimensions ?? []) as { Name: string }[];
  return nameOf(
    render(Namespace),
    MetricName,
    dimensions.map(({ Name }) => Name),
  );
}

/** The metrics of the dashboard's graphs, as above; those that an expression works with included. */
export function dashboardMetrics(template: Template): string[] {
  const metrics = widgetsOf(template).flatMap((widget) => widget.properties.metrics);
  return metrics
    .map((parts) => parts.filter((part) => typeof part === 'string'))
    .filter((parts) => parts.length > 0)
    .map(([namespace, name, ...rest]) =>
      nameOf(
        namespace,
        name,
        rest.filter((_, i) => i % 2 === 0),
      ),
    );
}

export const graphTitles = (template: Template): string[] =>
  widgetsOf(template).map(({ properties }) => properties.title);

interface Widget {
  properties: { title: string; metrics: unknown[][] };
}

function widgetsOf(template: Template): Widget[] {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.parse(render(dashboard?.Properties.DashboardBody)) as { widgets: Widget[] };
  return body.widgets;
}
