import { InvokePermissions } from '../../lambda/invoke-permissions.ts';
import { TemplateError } from '../../template/template-error.ts';
import type { RequestRate } from '../request-bucket.ts';
import { type ApiTemplate, accountOf, refOf } from './api-template.ts';
import { type Authorizer, readAuthorizers } from './authorizers.ts';
import { readIntegrations } from './integrations.ts';
import { sourceArnsOf } from './invoke-sources.ts';
import { findRefused, type InvokeTarget } from './invoke-target.ts';

export interface ApiRoute extends InvokeTarget {
  routeKey: string;
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
  /** What the stage lets through. */
  throttle: RequestRate | undefined;
  routes: ApiRoute[];
  routeSelectionExpression: string | undefined;
  cors: CorsConfiguration | undefined;
}

interface ApiProperties {
  ProtocolType?: string;
  RouteSelectionExpression?: string;
  CorsConfiguration?: CorsConfiguration;
}

/** A template may have one of each. */
export interface Apis {
  http: ApiDefinition | undefined;
  sockets: ApiDefinition | undefined;
}

/** Reads the APIs from the template; throws one sentence about what cannot be run. */
export function readApis(template: ApiTemplate): Apis {
  return {
    http: readApiDefinition(template, 'HTTP'),
    sockets: readApiDefinition(template, 'WEBSOCKET'),
  };
}

function readApiDefinition(
  template: ApiTemplate,
  protocol: 'WEBSOCKET' | 'HTTP',
): ApiDefinition | undefined {
  const all = template
    .resources<ApiProperties>('AWS::ApiGatewayV2::Api')
    .filter((api) => api.properties.ProtocolType === protocol);
  const [api] = all;
  if (!api) return undefined;
  if (all.length > 1) {
    throw new TemplateError(
      `The template declares ${all.length} ${protocol} APIs; only one can be run.`,
    );
  }
  const apiId = refOf(template, api.logicalId);
  const account = accountOf(template);
  const suffix = String(template.resolve({ Ref: 'AWS::URLSuffix' }));
  const stage = readStage(template, apiId);
  return {
    apiId,
    ...account,
    domainName: `${apiId}.execute-api.${account.region}.${suffix}`,
    ...stage,
    routes: readRoutes(template, { apiId, stage: stage.stage, ...account }),
    routeSelectionExpression: api.properties.RouteSelectionExpression,
    cors: api.properties.CorsConfiguration,
  };
}

interface StageProperties {
  ApiId?: string;
  StageName?: string;
  StageVariables?: Record<string, string>;
  DefaultRouteSettings?: { ThrottlingRateLimit?: number; ThrottlingBurstLimit?: number };
}

function readStage(template: ApiTemplate, apiId: string) {
  const stage = template
    .resources<StageProperties>('AWS::ApiGatewayV2::Stage')
    .find(({ properties }) => properties.ApiId === apiId);
  if (!stage?.properties.StageName) throw new TemplateError(`The API ${apiId} has no stage.`);
  const { StageName, StageVariables, DefaultRouteSettings = {} } = stage.properties;
  const { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: burst } = DefaultRouteSettings;
  return {
    stage: StageName,
    stageVariables: StageVariables,
    throttle: perSecond === undefined || burst === undefined ? undefined : { perSecond, burst },
  };
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

function readRoutes(
  template: ApiTemplate,
  api: Pick<ApiDefinition, 'apiId' | 'stage' | 'region' | 'accountId'>,
): ApiRoute[] {
  const permissions = new InvokePermissions(template);
  const integrations = readIntegrations(template);
  const authorizers = readAuthorizers(template);
  return template
    .resources<RouteProperties>('AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => properties.ApiId === api.apiId)
    .map(({ logicalId, properties }) => {
      const { RouteKey: routeKey = '', AuthorizerId, AuthorizationType = 'NONE' } = properties;
      const called = integrations.get(properties.Target?.replace(/^integrations\//, '') ?? '');
      if (!called)
        throw new TemplateError(`The route "${routeKey}" (${logicalId}) leads to no Lambda.`);
      const authorizer = AuthorizerId === undefined ? undefined : authorizers.get(AuthorizerId);
      if (AuthorizationType !== 'NONE' && !authorizer) {
        throw new TemplateError(
          `The route "${routeKey}" asks for ${AuthorizationType} authorization without a known authorizer.`,
        );
      }
      return {
        routeKey,
        functionId: called.functionId,
        refusedArn: findRefused(permissions, called.calledArn, sourceArnsOf(api, routeKey)),
        ...(authorizer && { authorizer }),
        scopes: properties.AuthorizationScopes ?? [],
        returnsResponse: properties.RouteResponseSelectionExpression !== undefined,
      };
    });
}

/** What API Gateway calls without being allowed to: on AWS all of it fails when it is called. */
export function refusedArns({ http, sockets }: Apis): string[] {
  const targets = [http, sockets].flatMap((api) =>
    (api?.routes ?? []).flatMap(({ authorizer, ...route }) =>
      authorizer?.kind === 'lambda' ? [route, authorizer] : [route],
    ),
  );
  return [...new Set(targets.flatMap(({ refusedArn }) => refusedArn ?? []))];
}
