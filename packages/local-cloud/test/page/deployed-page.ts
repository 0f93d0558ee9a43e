/** A page as the CDK deploys it: a distribution, its bucket, and two deployments into that. */
const origin = { Id: 'Origin', DomainName: { 'Fn::GetAtt': ['PageBucket', 'RegionalDomainName'] } };
const deployment = (Properties: object) => ({
  Type: 'Custom::CDKBucketDeployment',
  Properties: { DestinationBucketName: { Ref: 'PageBucket' }, ...Properties },
});

export const pageResources = {
  PageBucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  OtherBucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: {
              'Fn::Join': ['', ["connect-src 'self' ", { 'Fn::GetAtt': ['Http', 'ApiEndpoint'] }]],
            },
          },
          ContentTypeOptions: { Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 60 },
        },
      },
    },
  },
  Folders: {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      FunctionCode: `function handler({ request }) {
        if (request.uri === '/help') return { statusCode: 301, headers: { location: { value: '/help/' } } };
        if (request.uri.endsWith('/')) request.uri += 'index.html';
        return request;
      }`,
    },
  },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        DefaultRootObject: 'index.html',
        DefaultCacheBehavior: {
          TargetOriginId: 'Origin',
          Compress: true,
          ResponseHeadersPolicyId: { Ref: 'Headers' },
          FunctionAssociations: [
            {
              EventType: 'viewer-request',
              FunctionARN: { 'Fn::GetAtt': ['Folders', 'FunctionARN'] },
            },
          ],
        },
        Origins: [{ Id: 'Another', DomainName: 'example.com' }, origin],
      },
    },
  },
  Assets: deployment({
    SourceObjectKeys: ['page.zip'],
    Exclude: ['*'],
    Include: ['assets/*'],
    SystemMetadata: { 'cache-control': 'immutable' },
  }),
  Entry: deployment({
    SourceObjectKeys: ['page.zip', 'config.zip'],
    SourceMarkers: [
      {},
      {
        '<<0>>': { 'Fn::GetAtt': ['Http', 'ApiEndpoint'] },
        '<<1>>': { Ref: 'Sockets' },
        '<<2>>': 'a "name"',
      },
    ],
    SourceMarkersConfig: [{}, { jsonEscape: true }],
    Exclude: ['assets/*'],
    SystemMetadata: { 'cache-control': 'no-cache' },
  }),
  Elsewhere: deployment({
    SourceObjectKeys: ['other.zip'],
    DestinationBucketName: { Ref: 'OtherBucket' },
  }),
};

const zipped = (folder: string) => ({
  source: { path: folder, packaging: 'zip' },
  destinations: { here: { objectKey: `${folder}.zip` } },
});
const manifest = {
  artifacts: {
    Stack: {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'Stack.template.json' },
    },
    'Stack.assets': { type: 'cdk:asset-manifest', properties: { file: 'Stack.assets.json' } },
  },
};
const wsUrl = 'wss://<<1>>.execute-api.us-east-1.amazonaws.com/v1';

/** Long enough to be compressed. */
export const longScript = 'let a = 1;'.repeat(200);

/** The files of the assembly that hold the page. */
export const pageFiles: Record<string, string> = {
  'manifest.json': JSON.stringify(manifest),
  'Stack.assets.json': JSON.stringify({
    files: { 1: zipped('page'), 2: zipped('config'), 3: zipped('other') },
  }),
  'page/index.html': '<p>hello</p>',
  'page/help/index.html': '<p>help</p>',
  'page/assets/app.js': 'let a;',
  'page/assets/long.js': longScript,
  'page/assets/deep/b.css': 'p {}',
  // A route has this path too.
  'page/groups/all': 'a file',
  'config/config.json': `{"httpUrl":"<<0>>","wsUrl":"${wsUrl}","name":"<<2>>"}`,
  'other/secret.txt': 'secret',
};
