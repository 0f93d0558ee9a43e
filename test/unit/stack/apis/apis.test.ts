import { socketRoutes } from '@seenby/protocol/client-frames.ts';
import { httpRoutes } from '@seenby/protocol/http-requests.ts';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';

const template = synthesize({
  allowedOrigins: 'https://chat.example.com, https://example.org',
  socketRequestsPerSecond: '50',
  httpBurst: '7',
  apiGatewayLogRole: 'existing',
});

function propertiesOf(type: string, api: string) {
  return Object.values(template.findResources(type))
    .map(({ Properties }) => Properties)
    .filter(({ ApiId }) => render(ApiId) === `<${api}>`);
}

function routeKeys(api: string): string[] {
  return propertiesOf('AWS::ApiGatewayV2::Route', api).map(({ RouteKey }) => RouteKey);
}

/** The function that a route's integration calls. */
function functionBehind(target: unknown): string {
  const id = (target as { 'Fn::Join': [string, [string, { Ref: string }]] })['Fn::Join'][1][1].Ref;
  const integration = template.findResources('AWS::ApiGatewayV2::Integration')[id];
  return render(integration?.Properties.IntegrationUri).replace(/.*<(\w+)\.Arn>.*/, '$1');
}

describe('the WebSocket API', () => {
  it('has the routes of the protocol and those of every connection', () => {
    const own = ['$connect', '$disconnect', '$default'];
    expect(routeKeys('WebSocketApi').sort()).toEqual([...own, ...socketRoutes].sort());
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.type',
    });
  });

  it('sends every route to the socket function, which may be called for each', () => {
    const routes = propertiesOf('AWS::ApiGatewayV2::Route', 'WebSocketApi');
    expect(new Set(routes.map(({ Target }) => functionBehind(Target)))).toEqual(
      new Set(['Socket']),
    );
    for (const key of routeKeys('WebSocketApi')) {
      template.hasResourceProperties('AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Socket'), 'Arn'] },
        SourceArn: { 'Fn::Join': ['', Match.arrayWith([`/*${key}`])] },
      });
    }
  });

  it('[SE1] lets the authorizer decide about every upgrade, wherever the token is', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: '$connect',
      AuthorizationType: 'CUSTOM',
      AuthorizerId: { Ref: Match.stringLikeRegexp('^WebSocketApiAuthorizer') },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      IdentitySource: [],
    });
  });

  it('is throttled as set', () => {
    expect(propertiesOf('AWS::ApiGatewayV2::Stage', 'WebSocketApi')).toMatchObject([
      {
        StageName: 'v1',
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 700 },
      },
    ]);
  });

  it("leaves the account's role for access logs alone, and has a log only where there is one", () => {
    const roles = (stack: typeof template) => stack.findResources('AWS::ApiGateway::Account');
    const logs = (stack: typeof template) =>
      Object.keys(stack.findResources('AWS::Logs::LogGroup')).filter((id) =>
        id.startsWith('WebSocketApiAccessLog'),
      );
    const plain = synthesize();
    expect(roles(plain)).toEqual({});
    expect(logs(plain)).toEqual([]);
    expect(roles(template)).toEqual({});
    expect(logs(template)).toHaveLength(1);
  });

  it('brings that role where it is asked to, and never takes it away again', () => {
    const created = synthesize({ apiGatewayLogRole: 'create', removalPolicy: 'destroy' });
    created.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
    created.hasResource('AWS::IAM::Role', {
      DeletionPolicy: 'Retain',
      Properties: { AssumeRolePolicyDocument: Match.objectLike({}) },
    });
    created.hasResource('AWS::ApiGatewayV2::Stage', {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^WebSocketApiLogRoleAccount')]),
    });
  });
});

describe('the HTTP API', () => {
  it('has the routes of the protocol and no other: a $default route would take preflights', () => {
    expect(routeKeys('HttpApi').sort()).toEqual([...httpRoutes].sort());
    const routes = propertiesOf('AWS::ApiGatewayV2::Route', 'HttpApi');
    expect(new Set(routes.map(({ Target }) => functionBehind(Target)))).toEqual(new Set(['Http']));
  });

  it('[SE1] leaves tokens to the function: no route has an authorizer of the gateway', () => {
    for (const route of propertiesOf('AWS::ApiGatewayV2::Route', 'HttpApi')) {
      expect(route.AuthorizationType ?? 'NONE').toBe('NONE');
    }
    expect(propertiesOf('AWS::ApiGatewayV2::Authorizer', 'HttpApi')).toEqual([]);
  });

  it('[SE8] answers browsers of the allowed origins', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      ProtocolType: 'HTTP',
      CorsConfiguration: {
        AllowOrigins: Match.arrayWith(['https://chat.example.com', 'https://example.org']),
        AllowHeaders: ['authorization', 'content-type', 'seenby-act-as'],
        AllowMethods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'],
      },
    });
  });

  it('is throttled as set', () => {
    expect(propertiesOf('AWS::ApiGatewayV2::Stage', 'HttpApi')).toMatchObject([
      {
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingRateLimit: 300, ThrottlingBurstLimit: 7 },
      },
    ]);
  });
});

describe('[SE6] the access logs', () => {
  const stages = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));

  it('are on for both APIs and list known fields, none of which can hold a token', () => {
    expect(stages).toHaveLength(2);
    for (const { Properties } of stages) {
      const fields: Record<string, string> = JSON.parse(Properties.AccessLogSettings.Format);
      expect(Object.values(fields)).toContain('$context.requestId');
      for (const field of Object.values(fields)) expect(harmless).toContain(field);
    }
  });

  it('are the only ones: execution logs, which show whole requests, stay off', () => {
    for (const { Properties } of stages) {
      expect(Properties.DefaultRouteSettings).not.toHaveProperty('LoggingLevel');
      expect(Properties.DefaultRouteSettings).not.toHaveProperty('DataTraceEnabled');
    }
  });
});

const harmless = [
  'requestId',
  'requestTimeEpoch',
  'routeKey',
  'status',
  'connectionId',
  'eventType',
  'authorizer.status',
  'identity.sourceIp',
  'integration.status',
  'integrationLatency',
  'responseLatency',
  'responseLength',
].map((name) => `$context.${name}`);
