import { type Template, TemplateError } from '../template/template.ts';
import type { QueueSettings } from './queue.ts';

/** Which function takes from a queue, and how: an event source mapping with Lambda's defaults. */
export interface ConsumerSettings {
  functionId: string;
  queueArn: string;
  batchSize: number;
  maxConcurrency: number;
  reportsItemFailures: boolean;
}

interface QueueProperties {
  VisibilityTimeout?: number;
  RedrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number };
}

interface MappingProperties {
  BatchSize?: number;
  Enabled?: boolean;
  EventSourceArn?: string;
  FunctionName: string;
  FunctionResponseTypes?: string[];
  ScalingConfig?: { MaximumConcurrency?: number };
}

const defaultVisibilitySeconds = 30;

export function readQueues(template: Template): QueueSettings[] {
  const sources = template
    .resources<MappingProperties>('AWS::Lambda::EventSourceMapping')
    .map(({ properties }) => properties.EventSourceArn);
  return template
    .resources<QueueProperties>('AWS::SQS::Queue')
    .map(({ logicalId, properties: { VisibilityTimeout, RedrivePolicy } }) => {
      const arn = String(template.resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] }));
      return {
        url: String(template.resolve({ Ref: logicalId })),
        arn,
        isForOperator: !sources.includes(arn),
        visibilityTimeoutMs: (VisibilityTimeout ?? defaultVisibilitySeconds) * 1000,
        redrive: RedrivePolicy && {
          deadLetterArn: RedrivePolicy.deadLetterTargetArn,
          maxReceives: RedrivePolicy.maxReceiveCount,
        },
      };
    });
}

/** Whether the source of a mapping is a queue, rather than the stream of a table. */
export const isQueueArn = (arn = ''): boolean => arn.split(':')[2] === 'sqs';

/** Throws TemplateError for a mapping that AWS refuses. */
export function readConsumers(template: Template): ConsumerSettings[] {
  return template
    .resources<MappingProperties>('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled !== false)
    .filter(({ properties }) => isQueueArn(properties.EventSourceArn))
    .map(({ logicalId, properties }) => {
      const functionId = template.logicalIdOf(properties.FunctionName);
      if (functionId === undefined) {
        throw new TemplateError(`The function of ${logicalId} is not in the template.`);
      }
      const { MaximumConcurrency: maximum } = properties.ScalingConfig ?? {};
      if (maximum !== undefined && (maximum < 2 || maximum > 1000)) {
        throw new TemplateError(`The concurrency of ${logicalId} is not between 2 and 1,000.`);
      }
      return {
        functionId,
        queueArn: properties.EventSourceArn ?? '',
        batchSize: properties.BatchSize ?? 10,
        maxConcurrency: maximum ?? Number.POSITIVE_INFINITY,
        reportsItemFailures:
          properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      };
    });
}
