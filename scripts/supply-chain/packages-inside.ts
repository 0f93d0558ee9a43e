/**
 * Packages of others whose code is deployed or published, and what it is there for. A test compares the names with
 * what is built: a new one has to be written down here first.
 */
export const packagesInside: Readonly<Record<string, string>> = {
  // In Lambdas.
  '@aws-sdk/client-dynamodb': 'calls DynamoDB',
  '@aws-sdk/client-eventbridge': 'puts events on the bus',
  '@aws-sdk/client-s3': 'writes the archive',
  '@aws-sdk/client-secrets-manager': 'reads the secret of the webhook',
  '@aws-sdk/client-sqs': 'queues push jobs',
  '@aws-sdk/lib-dynamodb': 'turns objects into attributes of DynamoDB',
  '@smithy/node-http-handler': 'keeps the connections to AWS',
  '@smithy/signature-v4': 'signs the posts to connections',
  jose: 'verifies tokens; on the page: signs in with them',
  'p-map': 'limits how much is done at a time',
  zod: 'checks everything that comes in',
  // Parts of the SDK of AWS.
  '@aws-sdk/checksums': 'of client-s3',
  '@aws-sdk/core': 'of every client',
  '@aws-sdk/credential-provider-env': 'of every client: takes the credentials of the function',
  '@aws-sdk/credential-provider-node': 'of every client',
  '@aws-sdk/dynamodb-codec': 'of client-dynamodb',
  '@aws-sdk/endpoint-cache': 'of client-dynamodb',
  '@aws-sdk/middleware-endpoint-discovery': 'of client-dynamodb',
  '@aws-sdk/middleware-sdk-s3': 'of client-s3',
  '@aws-sdk/middleware-sdk-sqs': 'of client-sqs',
  '@aws-sdk/signature-v4-multi-region': 'of client-s3 and client-eventbridge',
  '@aws-sdk/util-dynamodb': 'of lib-dynamodb',
  '@aws-sdk/xml-builder': 'of client-s3',
  '@aws/lambda-invoke-store': 'of every client: knows the invocation',
  '@smithy/core': 'of every client',
  '@smithy/types': 'of every client',
  mnemonist: 'of endpoint-cache',
  obliterator: 'of mnemonist',
  // In the page and in the documentation.
  '@tanstack/react-virtual': 'draws long lists',
  '@tanstack/virtual-core': 'of react-virtual',
  'lucide-react': 'draws symbols',
  minisearch: 'searches the documentation',
  react: 'draws the page',
  'react-dom': 'draws the page',
  scheduler: 'of react-dom',
  uplot: 'draws curves',
  // Functions that CDK adds with the page.
  '@aws-cdk/asset-awscli-v1':
    'the AWS CLI, with which a function of CDK copies the page into its bucket',
  'aws-cdk-lib': 'that function',
};
