import { TemplateError } from '../template/template-error.ts';
import { type ApiTemplate, refOf } from './api-template.ts';
import { type Authorizer, readAuthorizers } from './authorizers.ts';
import { readIntegrations } from './integrations.ts';

export interface ApiRoute {
  routeKey: string;
  /** Logical id of the Lambda behind the route. */
  functionId: string;
  authorizer?: Authorizer;
  scopes: string[];
  /** WebSocket only: what the integration returns goes back to the caller. */
  returnsResponse: boolean;
}

export interface CorsConfiguration {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
  AllowCredentials?: boolean;
  MaxAge?: number;
}

export interface ApiDefinition {
  apiId: string;
  region: string;
  accountId: string;
  /** `<apiId>.execute-api.<region>.<suffix>`: the host the deployed API would have. */
  domainName: string;
  stage: string;
  stageVariables: Record<string, string> | undefined;
  routes: ApiRoute[];
  routeSelectionExpression: string | undefined;
  cors: CorsConfiguration | undefined;
}

interface ApiProperties {
  ProtocolType?: string;
  RouteSelectionExpression?: string;
  CorsConfiguration?: CorsConfiguration;
}

export interface Apis {
  http: ApiDefinition;
  sockets: ApiDefinition;
}

/** Reads the two APIs from the template; throws one sentence about what cannot be run. */
export function readApis(template: ApiTemplate): Apis {
  return {
    http: readApiDefinition(template, 'HTTP'),
    sockets: readApiDefinition(template, 'WEBSOCKET'),
  };
}

function readApiDefinition(template: ApiTemplate, protocol: 'WEBSOCKET' | 'HTTP'): ApiDefinition {
  const all = template
    .resources<ApiProperties>('AWS::ApiGatewayV2::Api')
    .filter((api) => api.properties.ProtocolType === protocol);
  const [api] = all;
  if (!api || all.length > 1) {
    throw new TemplateError(
      `The template declares ${all.length} ${protocol} APIs; exactly one can be run.`,
    );
  }
  const apiId = refOf(template, api.logicalId);
  const region = pseudo(template, 'AWS::Region');
  return {
    apiId,
    region,
    accountId: pseudo(template, 'AWS::AccountId'),
    domainName: `${apiId}.execute-api.${region}.${pseudo(template, 'AWS::URLSuffix')}`,
    ...readStage(template, apiId),
    routes: readRoutes(template, apiId),
    routeSelectionExpression: api.properties.RouteSelectionExpression,
    cors: api.properties.CorsConfiguration,
  };
}

interface StageProperties {
  ApiId?: string;
  StageName?: string;
  StageVariables?: Record<string, string>;
}

function readStage(template: ApiTemplate, apiId: string) {
  const stage = template
    .resources<StageProperties>('AWS::ApiGatewayV2::Stage')
    .find(({ properties }) => properties.ApiId === apiId);
  if (!stage?.properties.StageName) throw new TemplateError(`The API ${apiId} has no stage.`);
  return { stage: stage.properties.StageName, stageVariables: stage.properties.StageVariables };
}

interface RouteProperties {
  ApiId?: string;
  RouteKey?: string;
  Target?: string;
  AuthorizationType?: string;
  AuthorizerId?: string;
  AuthorizationScopes?: string[];
  RouteResponseSelectionExpression?: string;
}

function readRoutes(template: ApiTemplate, apiId: string): ApiRoute[] {
  const integrations = readIntegrations(template);
  const authorizers = readAuthorizers(template);
  return template
    .resources<RouteProperties>('AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => properties.ApiId === apiId)
    .map(({ logicalId, properties }) => {
      const { RouteKey: routeKey = '', AuthorizerId, AuthorizationType = 'NONE' } = properties;
      const functionId = integrations.get(properties.Target?.replace(/^integrations\//, '') ?? '');
      if (!functionId)
        throw new TemplateError(`The route "${routeKey}" (${logicalId}) leads to no Lambda.`);
      const authorizer = AuthorizerId === undefined ? undefined : authorizers.get(AuthorizerId);
      if (AuthorizationType !== 'NONE' && !authorizer) {
        throw new TemplateError(
          `The route "${routeKey}" asks for ${AuthorizationType} authorization without a known authorizer.`,
        );
      }
      return {
        routeKey,
        functionId,
        ...(authorizer && { authorizer }),
        scopes: properties.AuthorizationScopes ?? [],
        returnsResponse: properties.RouteResponseSelectionExpression !== undefined,
      };
    });
}

function pseudo(template: ApiTemplate, name: string): string {
  return String(template.resolve({ Ref: name }));
}
