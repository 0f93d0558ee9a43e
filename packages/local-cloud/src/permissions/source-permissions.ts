import { arnOf } from '../template/physical-names.ts';
import type { Template } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';
import type { Permissions } from './permissions.ts';

interface Destinations {
  DestinationConfig?: { OnFailure?: { Destination?: string } };
}

interface MappingProperties extends Destinations {
  EventSourceArn?: string;
  FunctionName: string;
}

/** What Lambda does with a source in the name of the function, by the service of the source. */
const consumerActions: Record<string, string[]> = {
  dynamodb: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'],
  sqs: ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'],
};

/** And with what the function could not handle. */
const destinationActions: Record<string, string[]> = {
  events: ['PutEvents'],
  lambda: ['InvokeFunction'],
  s3: ['ListBucket', 'PutObject'],
  sns: ['Publish'],
  sqs: ['SendMessage'],
};

/**
 * Lambda makes no event source mapping and takes no destination that the function's role has no
 * right to. Throws TemplateError naming what is missing.
 */
export function checkSources(template: Template, permissions: Permissions): void {
  const check = checker(template, permissions);
  for (const { logicalId, properties } of template.resources<MappingProperties>(
    'AWS::Lambda::EventSourceMapping',
  )) {
    check(logicalId, properties.FunctionName, properties.EventSourceArn, consumerActions);
    check(logicalId, properties.FunctionName, onFailureOf(properties), destinationActions);
  }
  for (const { logicalId, properties } of template.resources<
    Destinations & { FunctionName: string }
  >('AWS::Lambda::EventInvokeConfig')) {
    check(logicalId, properties.FunctionName, onFailureOf(properties), destinationActions);
  }
}

const onFailureOf = ({ DestinationConfig }: Destinations): string | undefined =>
  DestinationConfig?.OnFailure?.Destination;

function checker(template: Template, permissions: Permissions) {
  return (
    logicalId: string,
    functionName: string,
    resource: string | undefined,
    actions: Record<string, string[]>,
  ): void => {
    const functionId = template.logicalIdOf(functionName);
    if (resource === undefined || functionId === undefined) return;
    const service = resource.split(':')[2] ?? '';
    for (const name of actions[service] ?? []) {
      const refusal = permissions.refusalOf(functionId, { action: `${service}:${name}`, resource });
      if (refusal !== undefined) {
        throw new TemplateError(`AWS would not create ${logicalId}. ${refusal}`);
      }
    }
  };
}

interface FunctionProperties {
  LoggingConfig?: { LogGroup?: string };
  Runtime?: string;
}

/** A function without the right to write its log runs, and nobody reads what it says: the log of the cloud tells. */
export function checkLogging(template: Template, permissions: Permissions): void {
  for (const { logicalId, properties } of template
    .resources<FunctionProperties>('AWS::Lambda::Function')
    .filter(({ properties: { Runtime } }) => Runtime?.startsWith('nodejs'))) {
    const group = properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${logicalId}`;
    const resource = arnOf('AWS::Logs::LogGroup', group).replace(/\*$/, 'log-stream:local');
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) {
      permissions.refusalOf(logicalId, { action, resource });
    }
  }
}
