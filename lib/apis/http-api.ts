import { httpRoutes } from '@seenby/protocol/http-requests.ts';
import {
  HttpApi as Api,
  CorsHttpMethod,
  HttpMethod,
  HttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { exempt } from '../exempt.ts';
import type { SeenbyFunction } from '../functions/seenby-function.ts';
import type { Settings } from '../settings/settings.ts';
import { accessLog, httpLogFields } from './access-log.ts';
import { ApiDomain } from './api-domain.ts';

export interface HttpApiProps {
  readonly settings: Settings;
  /** Web origins whose pages may call; `*` for every one. */
  readonly allowedOrigins: readonly string[];
  /** Handles every route. API Gateway answers 404 to what matches none. */
  readonly handler: SeenbyFunction;
}

const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = CorsHttpMethod;

/**
 * The HTTP API. It has no authorizer: the handler verifies the token, because the gateway's own 401
 * has another body than the protocol's and its JWT authorizer accepts more algorithms than RS256.
 */
export class HttpApi extends Construct {
  /** `https://…`, without a slash at the end. */
  readonly url: string;
  readonly apiId: string;
  readonly handler: SeenbyFunction;
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    const { settings, allowedOrigins, handler } = props;
    super(scope, id);
    this.handler = handler;
    // One permission for the whole API: one for each route would outgrow the 20 KB that a Lambda's
    // resource policy may have.
    const integration = new HttpLambdaIntegration('Http', handler.target, {
      scopePermissionToRoute: false,
    });
    // No `$default` route: it would take OPTIONS too, and API Gateway would answer no preflight.
    const api = new Api(this, 'Api', {
      apiName: `${settings.stackName}-http`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [...allowedOrigins],
        allowHeaders: ['authorization', 'content-type', 'seenby-act-as'],
        allowMethods: [GET, POST, PATCH, PUT, DELETE, OPTIONS],
        maxAge: Duration.hours(2),
      },
    });
    for (const route of httpRoutes) api.addRoutes({ ...splitRoute(route), integration });
    exempt(api, { 'AwsSolutions-APIG4': 'The function behind every route verifies the token' });
    const { httpDomain: domainName } = settings;
    const domain = domainName ? new ApiDomain(this, 'Domain', { domainName, settings }) : undefined;
    this.#addStage(api, settings, domain);
    this.url = domain ? `https://${domainName}` : api.apiEndpoint;
    this.outputs = domain ? { HttpDomainTarget: domain.target } : {};
    this.apiId = api.apiId;
  }

  #addStage(httpApi: Api, settings: Settings, domain: ApiDomain | undefined): void {
    new HttpStage(this, 'Stage', {
      httpApi,
      autoDeploy: true,
      throttle: { rateLimit: settings.httpRequestsPerSecond, burstLimit: settings.httpBurst },
      accessLogSettings: accessLog(this, httpLogFields, settings),
      ...(domain && { domainMapping: domain }),
    });
  }
}

function splitRoute(route: string): { path: string; methods: HttpMethod[] } {
  const [name, path] = route.split(' ');
  const method = Object.values(HttpMethod).find((known) => known === name);
  if (method === undefined || path === undefined) throw new Error(`Not a route: ${route}`);
  return { path, methods: [method] };
}
