import { TemplateError } from '../../template/template-error.ts';
import { type ApiTemplate, refOf } from './api-template.ts';
import { calledArn } from './invoke-target.ts';

interface IntegrationProperties {
  IntegrationType?: string;
  IntegrationUri?: string;
  PayloadFormatVersion?: string;
  ApiId?: string;
}

interface Integration {
  functionId: string;
  /** Of the function, or of its alias. */
  calledArn: string;
}

/** The Lambdas behind the integrations, by what `Ref` gives for the integration. */
export function readIntegrations(template: ApiTemplate): Map<string, Integration> {
  const integrations = new Map<string, Integration>();
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
    integrations.set(refOf(template, logicalId), {
      functionId,
      calledArn: calledArn(properties.IntegrationUri ?? ''),
    });
  }
  return integrations;
}

// CloudFormation reports 1.0 for WebSocket integrations, where it means nothing.
function isHttp(template: ApiTemplate, apiId: string | undefined): boolean {
  return template
    .resources<{ ProtocolType?: string }>('AWS::ApiGatewayV2::Api')
    .some(
      (api) => refOf(template, api.logicalId) === apiId && api.properties.ProtocolType === 'HTTP',
    );
}
