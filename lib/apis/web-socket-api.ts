import { socketRoutes } from '@seenby/protocol/client-frames.ts';
import { WebSocketApi as Api, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environmentNames } from '../../functions/runtime/environment.ts';
import { exempt, nagName } from '../exempt.ts';
import type { SeenbyFunction } from '../functions/seenby-function.ts';
import type { Settings } from '../settings/settings.ts';
import { accessLog, socketLogFields } from './access-log.ts';
import { ApiDomain } from './api-domain.ts';
import { ApiGatewayLogRole } from './api-gateway-log-role.ts';

export interface WebSocketApiProps {
  readonly settings: Settings;
  /** Decides about the upgrade, before any connection exists. */
  readonly authorizer: SeenbyFunction;
  /** Handles every route. */
  readonly handler: SeenbyFunction;
}

const stageName = 'v1';
const pushMethods = ['POST', 'DELETE'];

/** The WebSocket API: one route for each frame type of the protocol. */
export class WebSocketApi extends Construct {
  /** Where clients connect: `wss://…/v1`, or the bare domain where it has one of its own. */
  readonly url: string;
  readonly apiId: string;
  readonly authorizer: SeenbyFunction;
  readonly handler: SeenbyFunction;
  readonly outputs: Readonly<Record<string, string>>;
  readonly #callbackUrl: string;
  readonly #apiName: string;

  constructor(scope: Construct, id: string, { settings, authorizer, handler }: WebSocketApiProps) {
    super(scope, id);
    this.authorizer = authorizer;
    this.handler = handler;
    const api = new Api(this, 'Api', {
      apiName: `${settings.stackName}-sockets`,
      routeSelectionExpression: '$request.body.type',
    });
    addRoutes(api, authorizer, handler);
    exempt(api, {
      'AwsSolutions-APIG4': 'Who may connect is asked once, by the authorizer of $connect',
    });
    const { socketDomain: domainName } = settings;
    const domain = domainName ? new ApiDomain(this, 'Domain', { domainName, settings }) : undefined;
    const stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: api,
      stageName,
      autoDeploy: true,
      throttle: {
        rateLimit: settings.socketRequestsPerSecond,
        burstLimit: settings.socketBurst,
      },
      ...(domain && { domainMapping: domain }),
      ...(settings.apiGatewayLogRole !== 'none' && {
        accessLogSettings: accessLog(this, socketLogFields, settings),
      }),
    });
    if (settings.apiGatewayLogRole === 'none') {
      const reason = "Takes a role for the whole account, which is its owner's to give";
      exempt(stage, { 'AwsSolutions-APIG1': reason, 'Serverless-APIGWAccessLogging': reason });
    }
    if (settings.apiGatewayLogRole === 'create') {
      stage.node.addDependency(new ApiGatewayLogRole(this, 'LogRole'));
    }
    this.url = domain ? `wss://${domainName}` : stage.url;
    this.outputs = domain ? { WebSocketDomainTarget: domain.target } : {};
    this.apiId = api.apiId;
    this.#apiName = nagName(api);
    // Clients of either address are reached at the API's own.
    this.#callbackUrl = stage.callbackUrl;
  }

  #connectionReasons(methods: readonly string[]): Record<string, string> {
    const api = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${this.#apiName}>`;
    return Object.fromEntries(
      methods.map((method) => [
        `AwsSolutions-IAM5[Resource::${api}/${stageName}/${method}/@connections/*]`,
        'Connections come and go',
      ]),
    );
  }

  /** Sets in the function where to post, and allows it to post to connections and to close them. */
  allowPush(handler: SeenbyFunction): void {
    handler.setEnvironment(environmentNames.callbackUrl, this.#callbackUrl);
    this.#allow(handler, pushMethods);
  }

  /** Allows the function to ask whether API Gateway still has a connection. */
  allowFinding(handler: SeenbyFunction): void {
    this.#allow(handler, ['GET']);
  }

  #allow(handler: SeenbyFunction, methods: readonly string[]): void {
    const connections = methods.map((method) =>
      Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.apiId,
        resourceName: `${stageName}/${method}/@connections/*`,
      }),
    );
    handler.allow(['execute-api:ManageConnections'], connections);
    exempt(handler.ownRole, this.#connectionReasons(methods));
  }
}

function addRoutes(api: Api, authorizer: SeenbyFunction, handler: SeenbyFunction): void {
  const integration = new WebSocketLambdaIntegration('Socket', handler.target);
  api.addRoute('$connect', {
    integration,
    // No identity source: the token is in the query or in a subprotocol, and API Gateway would
    // answer 401 by itself to a request that lacks any one source listed.
    authorizer: new WebSocketLambdaAuthorizer('Authorizer', authorizer.target, {
      identitySource: [],
    }),
  });
  for (const route of ['$disconnect', '$default', ...socketRoutes]) {
    api.addRoute(route, { integration });
  }
}
