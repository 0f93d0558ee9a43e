/** The parts of CloudFormation the two APIs need, written as the CDK writes them. */
const lambda = (logicalId: string) => ({
  'Fn::Join': [
    '',
    [
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/',
      { 'Fn::GetAtt': [logicalId, 'Arn'] },
      '/invocations',
    ],
  ],
});

interface RouteSpec {
  functionId: string;
  authorizerId?: string;
  authorizationType?: string;
  returnsResponse?: boolean;
}

interface ApiSpec {
  id: string;
  properties: object;
  stage: string;
  routes: Record<string, RouteSpec>;
  authorizers?: Record<string, object>;
}

export function apiResources({ id, properties, stage, routes, authorizers = {} }: ApiSpec) {
  const ApiId = { Ref: id };
  const resources: Record<string, { Type: string; Properties: object }> = {
    [id]: { Type: 'AWS::ApiGatewayV2::Api', Properties: properties },
    [`${id}Stage`]: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId, StageName: stage },
    },
  };
  for (const [index, [RouteKey, spec]] of Object.entries(routes).entries()) {
    resources[`${id}Integration${index}`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: lambda(spec.functionId),
      },
    };
    resources[`${id}Route${index}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId,
        RouteKey,
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: `${id}Integration${index}` }]] },
        AuthorizationType: spec.authorizationType ?? (spec.authorizerId ? 'CUSTOM' : 'NONE'),
        ...(spec.authorizerId && { AuthorizerId: { Ref: spec.authorizerId } }),
        ...(spec.returnsResponse && { RouteResponseSelectionExpression: '$default' }),
      },
    };
  }
  const called = [
    ...Object.values(routes).map(({ functionId }) => functionId),
    ...Object.values(authorizers).flatMap((authorizer) => calledBy(authorizer)),
  ];
  for (const functionId of called) {
    resources[`${id}Permission${functionId}`] = allowedToCall(functionId, [{ Ref: id }, '/*']);
  }
  for (const [name, Properties] of Object.entries(authorizers)) {
    resources[name] = {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: { ApiId, ...Properties },
    };
  }
  return resources;
}

/** Lets API Gateway call the function for what the end of its ARN says. */
export function allowedToCall(functionId: string, resource: unknown[]) {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [functionId, 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: {
        'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:000000000000:', ...resource]],
      },
    },
  };
}

/** The function in an authorizer's URI. */
function calledBy(authorizer: object): string[] {
  const id = /"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(authorizer))?.[1];
  return id === undefined ? [] : [id];
}

export function requestAuthorizer(functionId: string, more: object = {}) {
  return { AuthorizerType: 'REQUEST', AuthorizerUri: lambda(functionId), ...more };
}

export function lambdaFunctions(...logicalIds: string[]) {
  return Object.fromEntries(
    logicalIds.map((logicalId) => [
      logicalId,
      {
        Type: 'AWS::Lambda::Function',
        Metadata: { 'aws:asset:path': `asset.${logicalId}` },
        Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler' },
      },
    ]),
  );
}

export const socketApi = {
  id: 'Sockets',
  stage: 'v1',
  properties: { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.type' },
  authorizers: { Authorizer: requestAuthorizer('Guard', { IdentitySource: [] }) },
  routes: {
    $connect: { functionId: 'Connect', authorizerId: 'Authorizer' },
    $disconnect: { functionId: 'Disconnect' },
    $default: { functionId: 'Default' },
    hello: { functionId: 'Hello' },
    echo: { functionId: 'Echo', returnsResponse: true },
  },
} satisfies ApiSpec;

export const httpApi = {
  id: 'Http',
  stage: '$default',
  properties: { ProtocolType: 'HTTP' },
  routes: { 'GET /groups/{groupId}': { functionId: 'Groups' } },
} satisfies ApiSpec;
