import { TemplateError } from '../template/template-error.ts';
import { type ApiTemplate, refOf } from './api-template.ts';

export interface LambdaAuthorizer {
  kind: 'lambda';
  functionId: string;
  /** As declared, e.g. `route.request.header.Authorization`; all of them must be present. */
  identitySources: string[];
  simpleResponses: boolean;
}

export interface JwtAuthorizer {
  kind: 'jwt';
  identitySources: string[];
  issuer: string;
  audience: string[];
}

export type Authorizer = LambdaAuthorizer | JwtAuthorizer;

interface AuthorizerProperties {
  AuthorizerType?: string;
  AuthorizerUri?: string;
  AuthorizerPayloadFormatVersion?: string;
  EnableSimpleResponses?: boolean;
  IdentitySource?: string[];
  JwtConfiguration?: { Issuer?: string; Audience?: string[] };
}

/** The authorizers by what `Ref` gives for them. */
export function readAuthorizers(template: ApiTemplate): Map<string, Authorizer> {
  const authorizers = new Map<string, Authorizer>();
  for (const { logicalId, properties } of template.resources<AuthorizerProperties>(
    'AWS::ApiGatewayV2::Authorizer',
  )) {
    authorizers.set(refOf(template, logicalId), toAuthorizer(template, logicalId, properties));
  }
  return authorizers;
}

function toAuthorizer(
  template: ApiTemplate,
  logicalId: string,
  properties: AuthorizerProperties,
): Authorizer {
  const identitySources = properties.IdentitySource ?? [];
  if (properties.AuthorizerType === 'JWT') {
    const { Issuer: issuer, Audience: audience = [] } = properties.JwtConfiguration ?? {};
    if (!issuer) throw new TemplateError(`The authorizer ${logicalId} names no issuer.`);
    return { kind: 'jwt', identitySources, issuer, audience };
  }
  const functionId = template.logicalIdOf(properties.AuthorizerUri ?? '');
  if (!functionId) throw new TemplateError(`The authorizer ${logicalId} leads to no Lambda.`);
  if (properties.AuthorizerPayloadFormatVersion === '1.0') {
    throw new TemplateError(
      `The authorizer ${logicalId} uses payload format 1.0; only 2.0 can be run.`,
    );
  }
  const simpleResponses = properties.EnableSimpleResponses ?? false;
  return { kind: 'lambda', functionId, identitySources, simpleResponses };
}
