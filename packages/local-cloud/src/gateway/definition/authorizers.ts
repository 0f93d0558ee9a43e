import { InvokePermissions } from '../../lambda/invoke-permissions.ts';
import { TemplateError } from '../../template/template-error.ts';
import { type ApiTemplate, accountOf, refOf } from './api-template.ts';
import { authorizerArn } from './invoke-sources.ts';
import { calledArn, findRefused, type InvokeTarget } from './invoke-target.ts';

export interface LambdaAuthorizer extends InvokeTarget {
  kind: 'lambda';
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
  ApiId?: string;
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
  const api = { apiId: properties.ApiId ?? '', ...accountOf(template) };
  const refusedArn = findRefused(
    new InvokePermissions(template),
    calledArn(properties.AuthorizerUri ?? ''),
    [authorizerArn(api, refOf(template, logicalId))],
  );
  return { kind: 'lambda', functionId, refusedArn, identitySources, simpleResponses };
}
