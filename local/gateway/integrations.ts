import { TemplateError } from '../template/template-error.ts';
import { type ApiTemplate, refOf } from './api-template.ts';

interface IntegrationProperties {
  IntegrationType?: string;
  IntegrationUri?: string;
  PayloadFormatVersion?: string;
  ApiId?: string;
}

/** The Lambdas behind the integrations, by what `Ref` gives for the integration. */
export function readIntegrations(template: ApiTemplate): Map<string, string> {
  const functionIds = new Map<string, string>();
  for (const { logicalId, properties } of template.resources<IntegrationProperties>(
    'AWS::ApiGatewayV2::Integration',
  )) {
    const functionId = template.logicalIdOf(properties.IntegrationUri ?? '');
    if (properties.IntegrationType !== 'AWS_PROXY' || !functionId) {
      throw new TemplateError(
        `The integration ${logicalId} is not a Lambda proxy; only those can be run.`,
      );
    }
    if (properties.PayloadFormatVersion === '1.0' && isHttp(template, properties.ApiId)) {
      throw new TemplateError(
        `The integration ${logicalId} uses payload format 1.0; only 2.0 can be run.`,
      );
    }
    functionIds.set(refOf(template, logicalId), functionId);
  }
  return functionIds;
}

// CloudFormation reports 1.0 for WebSocket integrations, where it means nothing.
function isHttp(template: ApiTemplate, apiId: string | undefined): boolean {
  return template

    .resources<{ ProtocolType?: string }>('AWS::ApiGatewayV2::Api')
    .some(
      (api) => refOf(template, api.logicalId) === apiId && api.properties.ProtocolType === 'HTTP',
    );
}
