import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { httpRoutes, socketRoutes } from '../../protocol/routes.ts';
import { render } from './render.ts';
import { synthesize } from './synthesize.ts';

const template = synthesize({
  allowedOrigins: 'https://chat.example.com, https://example.org',
  socketRequestsPerSecond: '50',
  httpBurst: '7',
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
        DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 4000 },
      },
    ]);
  });

  it('brings the role for its access log, unless told that the account has one', () => {
    template.resourceCountIs('AWS::ApiGateway::Account', 1);
    const existing = synthesize({ apiGatewayLogRole: 'existing' });
    existing.resourceCountIs('AWS::ApiGateway::Account', 0);
  });
});

describe('the HTTP API', () => {
  it('has the routes of the protocol, and hands the http function all else too', () => {
    expect(routeKeys('HttpApi').sort()).toEqual(['$default', ...httpRoutes].sort());
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
        AllowHeaders: ['authorization', 'content-type'],
        AllowMethods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'],
      },
    });
  });

  it('is throttled as set', () => {
    expect(propertiesOf('AWS::ApiGatewayV2::Stage', 'HttpApi')).toMatchObject([
      {
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 7 },
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
