import { type Template, TemplateError } from '../../template/template.ts';
import { readSeries, type SeriesProperties } from '../series/read-series.ts';
import type { Series } from '../series/series.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

const missingData = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

export interface Comparison {
  words: string;
  breaches: (value: number, threshold: number) => boolean;
}

/** What any alarm has. */
export interface NamedAlarm {
  name: string;
  arn: string;
  description: string;
  /** ARNs of topics, by the state whose beginning they are told. */
  actions: Readonly<Record<AlarmState, readonly string[]>>;
}

export interface AlarmSettings extends NamedAlarm {
  series: Series;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  comparison: Comparison;
  threshold: number;
  missing: (typeof missingData)[number];
}

export interface ActionProperties {
  ActionsEnabled?: boolean;
  AlarmActions?: string[];
  AlarmDescription?: string;
  InsufficientDataActions?: string[];
  OKActions?: string[];
}

interface AlarmProperties extends SeriesProperties, ActionProperties {
  ComparisonOperator: string;
  DatapointsToAlarm?: number;
  EvaluationPeriods: number;
  Threshold?: number;
  ThresholdMetricId?: string;
  TreatMissingData?: string;
}

const comparisons: Readonly<Record<string, Comparison>> = {
  GreaterThanThreshold: { words: 'greater than', breaches: (value, limit) => value > limit },
  GreaterThanOrEqualToThreshold: {
    words: 'greater than or equal to',
    breaches: (value, limit) => value >= limit,
  },
  LessThanThreshold: { words: 'less than', breaches: (value, limit) => value < limit },
  LessThanOrEqualToThreshold: {
    words: 'less than or equal to',
    breaches: (value, limit) => value <= limit,
  },
};

/** The template's alarms on metrics. Throws TemplateError for one that cannot be evaluated here. */
export const readAlarms = (template: Template): AlarmSettings[] =>
  template
    .resources<AlarmProperties>('AWS::CloudWatch::Alarm')
    .map(({ logicalId, properties }) => ({
      ...readNamed(template, logicalId, properties),
      series: readSeries(logicalId, properties),
      ...readRule(logicalId, properties),
    }));

export const readNamed = (
  template: Template,
  logicalId: string,
  properties: ActionProperties,
): NamedAlarm => ({
  name: String(template.resolve({ Ref: logicalId })),
  arn: String(template.resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] })),
  description: properties.AlarmDescription ?? '',
  actions: readActions(properties),
});

function readRule(logicalId: string, properties: AlarmProperties) {
  const { ComparisonOperator, EvaluationPeriods, DatapointsToAlarm, Threshold } = properties;
  const comparison = comparisons[ComparisonOperator];
  const treated = properties.TreatMissingData ?? 'missing';
  const missing = missingData.find((each) => each === treated);
  if (comparison === undefined || Threshold === undefined || missing === undefined) {
    throw new TemplateError(`${logicalId} has a threshold that the local cloud does not know.`);
  }
  return {
    ...{ comparison, missing, threshold: Threshold, evaluationPeriods: EvaluationPeriods },
    datapointsToAlarm: DatapointsToAlarm ?? EvaluationPeriods,
  };
}

function readActions(properties: ActionProperties): NamedAlarm['actions'] {
  const { ActionsEnabled = true, AlarmActions, OKActions, InsufficientDataActions } = properties;
  const enabled = (actions: string[] = []) => (ActionsEnabled ? actions : []);
  return {
    ALARM: enabled(AlarmActions),
    OK: enabled(OKActions),
    INSUFFICIENT_DATA: enabled(InsufficientDataActions),
  };
}
