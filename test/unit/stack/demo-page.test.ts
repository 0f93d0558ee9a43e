import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../../../functions/runtime/environment.ts';
import { render } from './support/render.ts';
import { synthesize } from './support/synthesize.ts';

const template = synthesize();
const own = { issuer: 'https://login.example.com', audience: 'seenby' };
const listed = synthesize({
  ...own,
  allowedOrigins: 'https://chat.example.com',
  removalPolicy: 'destroy',
});
type Stack = typeof template;

function only(stack: Stack, type: string) {
  const [found, ...others] = Object.values(stack.findResources(type));
  expect(others).toEqual([]);
  return found as NonNullable<typeof found>;
}

function deployments(stack: Stack) {
  const found = Object.entries(stack.findResources('Custom::CDKBucketDeployment'));
  const named = (part: string) =>
    found.find(([id]) => id.startsWith(`DemoPageDeployment${part}`))?.[1].Properties;
  expect(found).toHaveLength(2);
  return { assets: named('Assets'), entry: named('Entry') };
}

/** Name and sources of each directive of the policy. */
function contentPolicy(stack: Stack): Record<string, string[]> {
  const { SecurityHeadersConfig } = only(stack, 'AWS::CloudFront::ResponseHeadersPolicy').Properties
    .ResponseHeadersPolicyConfig;
  const text = render(SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
  const directives = text.split('; ').map((directive) => directive.split(' '));
  return Object.fromEntries(directives.map(([name = '', ...sources]) => [name, sources]));
}

const region = '<AWS::Region>.<AWS::URLSuffix>';
const sockets = `wss://<WebSocketApi>.execute-api.${region}/v1`;

describe('the bucket of the page', () => {
  it('is encrypted, closed to the public, and speaks https only', () => {
    expect(only(template, 'AWS::S3::Bucket').Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  it('is read by the distribution, over https, and by nobody else', () => {
    const { Statement } = only(template, 'AWS::S3::BucketPolicy').Properties.PolicyDocument;
    expect(Statement).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
      },
    ]);
    expect(render(Statement[1].Condition.StringEquals['AWS:SourceArn'])).toMatch(
      /:distribution\/<DemoPageDistribution>$/,
    );
  });

  it('stays with its files when the stack goes, unless all is to be destroyed', () => {
    expect(only(template, 'AWS::S3::Bucket').DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(only(listed, 'AWS::S3::Bucket').DeletionPolicy).toBe('Delete');
    expect(deployments(template).entry.RetainOnDelete).toBe(true);
    expect(deployments(listed).entry.RetainOnDelete).toBe(false);
    expect(deployments(listed).assets.RetainOnDelete).toBe(false);
    // With CDK's tag on the bucket its deployment would keep the files all the same.
    expect(only(template, 'AWS::S3::Bucket').Properties.Tags).toHaveLength(2);
    expect(only(listed, 'AWS::S3::Bucket').Properties.Tags).toBeUndefined();
  });
});

describe('the distribution', () => {
  it('answers GET over https, compressed, and index.html for the bare address', () => {
    expect(
      only(template, 'AWS::CloudFront::Distribution').Properties.DistributionConfig,
    ).toMatchObject({
      DefaultRootObject: 'index.html',
      DefaultCacheBehavior: {
        AllowedMethods: ['GET', 'HEAD'],
        Compress: true,
        ViewerProtocolPolicy: 'https-only',
      },
    });
    const { Value } = template.toJSON().Outputs.DemoPageUrl;
    expect(render(Value)).toBe('https://<DemoPageDistribution.DomainName>');
  });

  it('lets the page load itself only, and talk to its service only', () => {
    expect(contentPolicy(template)).toMatchObject({
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'worker-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'blob:', 'https:'],
      'media-src': ["'self'", 'data:', 'blob:'],
      'connect-src': ["'self'", '<HttpApi.ApiEndpoint>', sockets, `https://cognito-idp.${region}`],
      'object-src': ["'none'"],
    });
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: Match.objectLike({
          ContentTypeOptions: { Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
        }),
      },
    });
  });

  it('is named apart from that of another region', () => {
    for (const type of ['OriginAccessControl', 'ResponseHeadersPolicy']) {
      const { Properties } = only(template, `AWS::CloudFront::${type}`);
      expect(render(Properties[`${type}Config`].Name)).toMatch(/-<AWS::Region>$/);
    }
  });
});

describe('[SE8] where origins are listed', () => {
  it('the page is one of them', () => {
    const page = 'https://<DemoPageDistribution.DomainName>';
    const [http] = Object.values(listed.findResources('AWS::ApiGatewayV2::Api'))
      .map(({ Properties }) => Properties.CorsConfiguration)
      .filter((cors) => cors !== undefined);
    expect(http.AllowOrigins.map(render)).toEqual(['https://chat.example.com', page]);
    const [sockets] = Object.values(listed.findResources('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment.Variables[environmentNames.allowedOrigins])
      .filter((origins) => origins !== undefined);
    expect(render(sockets)).toBe(`https://chat.example.com,${page}`);
  });

  it('it may call every HTTP API of the region, since neither can name the other', () => {
    expect(contentPolicy(listed)['connect-src']).toEqual([
      "'self'",
      `https://*.execute-api.${region}`,
      sockets,
    ]);
  });
});

describe('the files', () => {
  it('are kept for ever where their name says what is in them, and asked for again elsewhere', () => {
    const { assets, entry } = deployments(template);
    expect(assets).toMatchObject({
      Exclude: ['*'],
      Include: ['assets/*'],
      Prune: false,
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
    expect(entry).toMatchObject({
      Exclude: ['assets/*'],
      Prune: true,
      SystemMetadata: { 'cache-control': 'no-cache' },
    });
  });

  it('have config.json among them, with what the deployment finds out', () => {
    const { SourceObjectKeys, SourceMarkers } = deployments(template).entry;
    expect(SourceObjectKeys).toHaveLength(2);
    expect(Object.values(SourceMarkers[1]).map(render)).toEqual([
      '<HttpApi.ApiEndpoint>',
      '<WebSocketApi>',
      '<AWS::Region>',
      '<AWS::URLSuffix>',
      '<IdentityUserPool.ProviderURL>',
      '<IdentityUserPoolClient>',
    ]);
  });
});

it('without the page there is none of this', () => {
  const without = synthesize({ ...own, demoPage: 'false', allowedOrigins: 'https://a.example' });
  for (const type of ['AWS::S3::Bucket', 'AWS::CloudFront::Distribution']) {
    without.resourceCountIs(type, 0);
  }
  without.resourceCountIs('Custom::CDKBucketDeployment', 0);
  expect(without.findOutputs('DemoPage*')).toEqual({});
  without.hasResourceProperties('AWS::ApiGatewayV2::Api', {
    CorsConfiguration: { AllowOrigins: ['https://a.example'] },
  });
});

describe('a path below the page', () => {
  const { FunctionCode } = only(template, 'AWS::CloudFront::Function').Properties;
  const { DefaultCacheBehavior } = only(template, 'AWS::CloudFront::Distribution').Properties
    .DistributionConfig;
  const handle = new Function('event', `${FunctionCode}; return handler(event);`);

  it.each([
    ['/docs', { statusCode: 301, headers: { location: { value: '/docs/' } } }],
    ['/docs/', { uri: '/docs/index.html' }],
    ['/docs/decisions/', { uri: '/docs/decisions/index.html' }],
    ['/docs/client.html', { uri: '/docs/client.html' }],
    ['/config.json', { uri: '/config.json' }],
  ])('%s is found as CloudFront finds it', (uri, result) => {
    expect(handle({ request: { uri } })).toMatchObject(result);
  });

  it('goes through the function before a file is looked for', () => {
    expect(DefaultCacheBehavior.FunctionAssociations).toEqual([
      expect.objectContaining({ EventType: 'viewer-request' }),
    ]);
    expect(only(template, 'AWS::CloudFront::Function').Properties).toMatchObject({
      AutoPublish: true,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    });
  });
});
