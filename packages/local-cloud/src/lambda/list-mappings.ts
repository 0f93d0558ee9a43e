import type { FilterCriteria } from '../streams/records/filter-pattern.ts';
import { awsArnOf } from '../streams/records/stream-record.ts';
import type { Template } from '../template/template.ts';

interface MappingProperties {
  EventSourceArn?: string;
  FunctionName: string;
  FilterCriteria?: FilterCriteria;
  BatchSize?: number;
  Enabled?: boolean;
}

/** The mappings of the template as ListEventSourceMappings gives them; sources as events name them. */
export function listMappings(
  template: Template,
  tables: Record<string, { streamArn: string }>,
): { EventSourceArn: string; [property: string]: unknown }[] {
  return template
    .resources<MappingProperties>('AWS::Lambda::EventSourceMapping')
    .map(({ logicalId, properties }) => {
      const source = properties.EventSourceArn ?? '';
      const functionId = template.logicalIdOf(properties.FunctionName) ?? '';
      return {
        UUID: logicalId,
        EventSourceArn: awsArnOf(tables[template.logicalIdOf(source) ?? '']?.streamArn ?? source),
        FunctionArn: template.resolve({ 'Fn::GetAtt': [functionId, 'Arn'] }),
        BatchSize: properties.BatchSize,
        FilterCriteria: properties.FilterCriteria,
        State: properties.Enabled === false ? 'Disabled' : 'Enabled',
      };
    });
}
