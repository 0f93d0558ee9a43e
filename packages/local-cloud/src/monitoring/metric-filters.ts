import { type Template, TemplateError } from '../template/template.ts';
import { compileFilterPattern, parsed, type WantsLine } from './filter-pattern.ts';
import { fieldOf } from './json-pattern.ts';
import type { MetricId } from './series/metric-store.ts';

interface Transformation {
  DefaultValue?: number;
  Dimensions?: { Key: string; Value: string }[];
  MetricName: string;
  MetricNamespace: string;
  MetricValue: string;
}

interface FilterProperties {
  FilterPattern: string;
  LogGroupName: string;
  MetricTransformations: Transformation[];
}

interface Filter {
  logGroupName: string;
  wants: WantsLine;
  transformations: readonly Transformation[];
}

export interface LoggedMetric {
  metric: MetricId;
  value: number;
}

/** The template's metric filters. Throws TemplateError for one that AWS refuses, or with a pattern unknown here. */
export class MetricFilters {
  readonly #filters: readonly Filter[];

  constructor(template: Pick<Template, 'resources'>) {
    this.#filters = template
      .resources<FilterProperties>('AWS::Logs::MetricFilter')
      .map(({ logicalId, properties }) => {
        const { FilterPattern, LogGroupName, MetricTransformations } = properties;
        if (MetricTransformations.some(hasBoth)) {
          throw new TemplateError(`${logicalId} has both dimensions and a default value.`);
        }
        return {
          logGroupName: LogGroupName,
          wants: compileFilterPattern(FilterPattern),
          transformations: MetricTransformations,
        };
      });
  }

  /** What one log event says to the filters of its group. */
  read(logGroupName: string, line: string): LoggedMetric[] {
    return this.#filters
      .filter((filter) => filter.logGroupName === logGroupName)
      .flatMap(({ wants, transformations }) =>
        wants(line)
          ? transformations.flatMap((each) => transform(each, parsed(line)))
          : transformations.flatMap(defaultOf),
      );
  }
}

const hasBoth = ({ DefaultValue, Dimensions = [] }: Transformation): boolean =>
  DefaultValue !== undefined && Dimensions.length > 0;

/** Nothing when the event lacks a dimension or has no number where the value should be. */
function transform(transformation: Transformation, logged: unknown): LoggedMetric[] {
  const { MetricValue, Dimensions = [] } = transformation;
  const values = Dimensions.map(({ Key, Value }) => [Key, fieldOf(logged, Value)] as const);
  if (values.some(([, value]) => value === undefined)) return [];
  const dimensions = Object.fromEntries(values.map(([key, value]) => [key, String(value)]));
  const found = MetricValue.startsWith('$') ? fieldOf(logged, MetricValue) : MetricValue;
  const value = Number(found ?? Number.NaN);
  if (Number.isNaN(value)) return [];
  return [{ metric: { ...metricOf(transformation), dimensions }, value }];
}

const defaultOf = (transformation: Transformation): LoggedMetric[] =>
  transformation.DefaultValue === undefined
    ? []
    : [{ metric: metricOf(transformation), value: transformation.DefaultValue }];

const metricOf = ({ MetricNamespace, MetricName }: Transformation): MetricId => ({
  namespace: MetricNamespace,
  name: MetricName,
  dimensions: {},
});
