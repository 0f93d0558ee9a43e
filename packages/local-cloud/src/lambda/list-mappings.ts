import { isQueueArn } from '../queues/queue-settings.ts';
import type { MappingSwitches } from '../streams/mapping-switches.ts';
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

export interface ListedMapping {
  UUID: string;
  EventSourceArn: string;
  [property: string]: unknown;
}

/** The template's mappings, as an operator sees and switches them. */
export interface Mappings {
  /** As ListEventSourceMappings gives them; sources as events name them. */
  list(): ListedMapping[];
  /** As UpdateEventSourceMapping does; the message says why it cannot. */
  update(UUID: string, change: { Enabled?: boolean }): ListedMapping | { refused: string };
}

export function listMappings(
  template: Template,
  tables: Record<string, { streamArn: string }>,
  switches: MappingSwitches,
): Mappings {
  const mappings = template.resources<MappingProperties>('AWS::Lambda::EventSourceMapping');
  const describe = ({ logicalId, properties }: (typeof mappings)[number]): ListedMapping => {
    const source = properties.EventSourceArn ?? '';
    const functionId = template.logicalIdOf(properties.FunctionName) ?? '';
    const isOn = properties.Enabled !== false && switches.isOn(logicalId);
    return {
      UUID: logicalId,
      EventSourceArn: awsArnOf(tables[template.logicalIdOf(source) ?? '']?.streamArn ?? source),
      FunctionArn: template.resolve({ 'Fn::GetAtt': [functionId, 'Arn'] }),
      BatchSize: properties.BatchSize,
      FilterCriteria: properties.FilterCriteria,
      State: isOn ? 'Enabled' : 'Disabled',
    };
  };
  return {
    list: () => mappings.map(describe),
    update(UUID, { Enabled, ...others }) {
      const mapping = mappings.find(({ logicalId }) => logicalId === UUID);
      if (!mapping) return { refused: `There is no mapping ${UUID}.` };
      const { Enabled: isRun, EventSourceArn } = mapping.properties;
      if (isRun === false || isQueueArn(EventSourceArn) || Object.keys(others).length > 0) {
        return { refused: 'The local cloud switches mappings of streams on and off, no more.' };
      }
      if (Enabled !== undefined) switches.set(UUID, Enabled);
      return describe(mapping);
    },
  };
}
