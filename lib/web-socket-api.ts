import { WebSocketApi as Api, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environmentNames } from '../functions/environment.ts';
import { socketRoutes } from '../protocol/routes.ts';
import { accessLog, socketLogFields } from './access-log.ts';
import { ApiGatewayLogRole } from './api-gateway-log-role.ts';
import type { SeenbyFunction } from './seenby-function.ts';
import type { Settings } from './settings.ts';

export interface WebSocketApiProps {
  readonly settings: Settings;
  /** Decides about the upgrade, before any connection exists. */
  readonly authorizer: SeenbyFunction;
  /** Handles every route. */
  readonly handler: SeenbyFunction;
}

const stageName = 'v1';

/** The WebSocket API: one route for each frame type of the protocol. */
export class WebSocketApi extends Construct {
  /** Where clients connect: `wss://…/v1`. */
  readonly url: string;
  readonly apiId: string;
  readonly #callbackUrl: string;

  constructor(scope: Construct, id: string, { settings, authorizer, handler }: WebSocketApiProps) {
    super(scope, id);
    const api = new Api(this, 'Api', {
      apiName: `${settings.stackName}-sockets`,
      routeSelectionExpression: '$request.body.type',
    });
    addRoutes(api, authorizer, handler);
    const stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: api,
      stageName,
      autoDeploy: true,
      throttle: {
        rateLimit: settings.socketRequestsPerSecond,
        burstLimit: settings.socketBurst,
      },
      accessLogSettings: accessLog(this, socketLogFields, settings),
    });
    if (settings.apiGatewayLogRole === 'create') {
      stage.node.addDependency(new ApiGatewayLogRole(this, 'LogRole'));
    }
    this.url = stage.url;
    this.apiId = api.apiId;
    this.#callbackUrl = stage.callbackUrl;
  }

  /** Tells the function where to push, and allows it to post to connections and to close them. */
  allowPush(handler: SeenbyFunction): void {
    handler.setEnvironment(environmentNames.callbackUrl, this.#callbackUrl);
    const connections = ['POST', 'DELETE'].map((method) =>
      Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.apiId,
        resourceName: `${stageName}/${method}/@connections/*`,
      }),
    );
    handler.allow(['execute-api:ManageConnections'], connections);
  }
}

function addRoutes(api: Api, authorizer: SeenbyFunction, handler: SeenbyFunction): void {
  const integration = new WebSocketLambdaIntegration('Socket', handler);
  api.addRoute('$connect', {
    integration,
    // No identity source: the token is in the query or in a subprotocol, and API Gateway would
    // answer 401 by itself to a request that lacks any one source listed.
    authorizer: new WebSocketLambdaAuthorizer('Authorizer', authorizer, { identitySource: [] }),
  });
  for (const route of ['$disconnect', '$default', ...socketRoutes]) {
    api.addRoute(route, { integration });
  }
}
