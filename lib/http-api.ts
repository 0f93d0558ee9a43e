import {
  HttpApi as Api,
  CorsHttpMethod,
  HttpMethod,
  HttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { httpRoutes } from '../protocol/routes.ts';
import { accessLog, httpLogFields } from './access-log.ts';
import type { SeenbyFunction } from './seenby-function.ts';
import type { Settings } from './settings.ts';

export interface HttpApiProps {
  readonly settings: Settings;
  /** Web origins whose pages may call; `*` for every one. */
  readonly allowedOrigins: readonly string[];
  /** Handles every route, and whatever matches none. */
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

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    const { settings, allowedOrigins, handler } = props;
    super(scope, id);
    // One permission for the whole API: one for each route would outgrow the 20 KB that a Lambda's
    // resource policy may have.
    const integration = new HttpLambdaIntegration('Http', handler, {
      scopePermissionToRoute: false,
    });
    const api = new Api(this, 'Api', {
      apiName: `${settings.stackName}-http`,
      createDefaultStage: false,
      defaultIntegration: integration,
      corsPreflight: {
        allowOrigins: [...allowedOrigins],
        allowHeaders: ['authorization', 'content-type'],
        allowMethods: [GET, POST, PATCH, PUT, DELETE, OPTIONS],
        maxAge: Duration.hours(2),
      },
    });
    for (const route of httpRoutes) api.addRoutes({ ...splitRoute(route), integration });
    this.#addStage(api, settings);
    this.url = api.apiEndpoint;
    this.apiId = api.apiId;
  }

  #addStage(httpApi: Api, settings: Settings): void {
    new HttpStage(this, 'Stage', {
      httpApi,
      autoDeploy: true,
      throttle: { rateLimit: settings.httpRequestsPerSecond, burstLimit: settings.httpBurst },
      accessLogSettings: accessLog(this, httpLogFields, settings),
    });
  }
}

function splitRoute(route: string): { path: string; methods: HttpMethod[] } {
  const [name, path] = route.split(' ');
  const method = Object.values(HttpMethod).find((known) => known === name);
  if (method === undefined || path === undefined) throw new Error(`Not a route: ${route}`);
  return { path, methods: [method] };
}
