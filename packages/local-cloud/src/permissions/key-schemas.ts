import type { CreatedTable } from '../dynamodb/tables.ts';
import { tableInArn } from '../streams/mapping-settings.ts';
import type { Template } from '../template/template.ts';

/** A table as requests name it, and as policies do. */
export interface KnownTable extends Pick<CreatedTable, 'partitionKey' | 'indexKeys'> {
  arn: string;
}

type TemplateParts = Pick<Template, 'find' | 'resolve' | 'resources'>;

/** By the names that they have here. */
export function readKnownTables(
  template: TemplateParts,
  created: Readonly<Record<string, CreatedTable>>,
): ReadonlyMap<string, KnownTable> {
  return new Map(
    Object.entries(created).map(([id, { tableName, partitionKey, indexKeys }]) => [
      tableName,
      { arn: arnOfTable(template, id), partitionKey, indexKeys },
    ]),
  );
}

/** A table that was there before has the ARN that the template reads its stream by. */
function arnOfTable(template: TemplateParts, id: string): string {
  if (template.find(id)) return String(template.resolve({ 'Fn::GetAtt': [id, 'Arn'] }));
  const sources = template
    .resources<{ EventSourceArn?: string }>('AWS::Lambda::EventSourceMapping')
    .map(({ properties }) => properties.EventSourceArn ?? '');
  return sources.find((arn) => tableInArn(arn) === id)?.split('/stream/')[0] ?? '';
}
