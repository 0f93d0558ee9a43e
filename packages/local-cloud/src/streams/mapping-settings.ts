import { isQueueArn } from '../queues/queue-settings.ts';
import { type Template, TemplateError } from '../template/template.ts';
import { compileFilter, type FilterCriteria } from './records/filter-pattern.ts';
import type { StreamRecord } from './records/stream-record.ts';

/** A declared event source mapping of a DynamoDB stream, with Lambda's defaults filled in. */
export interface MappingSettings {
  logicalId: string;
  /** The function's logical id. */
  functionId: string;
  functionArn: string;
  /** The table's logical id, or the name of one that is not in the template. */
  tableId: string;
  /** Name of the attribute that says which shard a record is in. */
  partitionKey: string;
  startingPosition: 'LATEST' | 'TRIM_HORIZON';
  wants: (record: StreamRecord) => boolean;
  batchSize: number;
  batchingWindowMs: number;
  parallelizationFactor: number;
  reportsItemFailures: boolean;
  bisectsOnError: boolean;
  maxRetries: number;
  maxRecordAgeMs: number;
  onFailureArn: string | undefined;
}

interface MappingProperties {
  BatchSize?: number;
  BisectBatchOnFunctionError?: boolean;
  DestinationConfig?: { OnFailure?: { Destination?: string } };
  Enabled?: boolean;
  EventSourceArn?: string;
  FilterCriteria?: FilterCriteria;
  FunctionName: string;
  FunctionResponseTypes?: string[];
  MaximumBatchingWindowInSeconds?: number;
  MaximumRecordAgeInSeconds?: number;
  MaximumRetryAttempts?: number;
  ParallelizationFactor?: number;
  StartingPosition?: 'LATEST' | 'TRIM_HORIZON';
}

interface TableProperties {
  KeySchema?: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
}

/** The name of the table whose stream this is. */
export const tableInArn = (arn: string): string | undefined =>
  /^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/([^/]+)\/stream\//.exec(arn)?.[1];

/** The template's enabled mappings of streams. Throws TemplateError for a source that is no table's stream. */
export function readMappings(template: Template): MappingSettings[] {
  return template
    .resources<MappingProperties>('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled !== false)
    .filter(({ properties }) => !isQueueArn(properties.EventSourceArn))
    .map(({ logicalId, properties }) => readMapping(template, logicalId, properties));
}

function readMapping(
  template: Template,
  logicalId: string,
  properties: MappingProperties,
): MappingSettings {
  const source = properties.EventSourceArn ?? '';
  const tableId = template.logicalIdOf(source) ?? tableInArn(source);
  const table = template.find(tableId ?? '');
  const isOther = table && !table.type.startsWith('AWS::DynamoDB::');
  if (tableId === undefined || isOther) {
    throw new TemplateError(`The source of ${logicalId} is not the stream of a table.`);
  }
  const functionId = template.logicalIdOf(properties.FunctionName);
  if (functionId === undefined) {
    throw new TemplateError(`The function of ${logicalId} is not in the template.`);
  }
  const matches = compileFilter(properties.FilterCriteria);
  return {
    logicalId,
    functionId,
    functionArn: String(template.resolve({ 'Fn::GetAtt': [functionId, 'Arn'] })),
    tableId,
    partitionKey: partitionKeyOf(table?.properties ?? {}),
    startingPosition: properties.StartingPosition ?? 'TRIM_HORIZON',
    wants: (record) => matches(record.event),
    batchSize: properties.BatchSize ?? 100,
    batchingWindowMs: (properties.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    parallelizationFactor: properties.ParallelizationFactor ?? 1,
    reportsItemFailures:
      properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    bisectsOnError: properties.BisectBatchOnFunctionError ?? false,
    maxRetries: orInfinity(properties.MaximumRetryAttempts),
    maxRecordAgeMs: orInfinity(properties.MaximumRecordAgeInSeconds) * 1000,
    onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
  };
}

function partitionKeyOf({ KeySchema = [] }: TableProperties): string {
  return KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
}

/** Lambda writes "without limit" as -1. */
function orInfinity(limit: number | undefined): number {
  return limit === undefined || limit < 0 ? Number.POSITIVE_INFINITY : limit;
}
