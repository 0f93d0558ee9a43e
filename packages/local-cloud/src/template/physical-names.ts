/** The account and region every local resource claims to live in. */
export const localAccount = { accountId: '000000000000', region: 'us-east-1' } as const;

/** The property by which a resource of this type may name itself, where `Ref` gives that name. */
const nameProperties: Record<string, string> = {
  'AWS::ApiGatewayV2::Stage': 'StageName',
  'AWS::ApiGatewayV2::DomainName': 'DomainName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

export function namePropertyOf(type: string): string | undefined {
  return nameProperties[type];
}

/** Whether it is a function under a name of its own: called `<function>:<alias or version>`. */
export function isQualified(type: string): boolean {
  return type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version';
}

const { accountId, region } = localAccount;

/** What `Ref` gives for a resource of this type. */
export function refOf(type: string, name: string): string {
  if (type === 'AWS::SQS::Queue') return queueUrl(name);
  const isArn = type === 'AWS::SNS::Topic' || type === 'AWS::SecretsManager::Secret';
  if (isArn || isQualified(type)) return arnOf(type, name);
  return name;
}

/** A plausible ARN: right in form, so that code which takes one apart works. */
export function arnOf(type: string, name: string): string {
  const here = `${region}:${accountId}`;
  switch (type) {
    case 'AWS::DynamoDB::GlobalTable':
    case 'AWS::DynamoDB::Table':
      return `arn:aws:dynamodb:${here}:table/${name}`;
    case 'AWS::Lambda::Alias':
    case 'AWS::Lambda::Function':
    case 'AWS::Lambda::Version':
      return `arn:aws:lambda:${here}:function:${name}`;
    case 'AWS::SQS::Queue':
      return `arn:aws:sqs:${here}:${name}`;
    case 'AWS::SNS::Topic':
      return `arn:aws:sns:${here}:${name}`;
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${name}`;
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${accountId}:role/${name}`;
    case 'AWS::Logs::LogGroup':
      return `arn:aws:logs:${here}:log-group:${name}:*`;
    case 'AWS::CloudWatch::Alarm':
    case 'AWS::CloudWatch::CompositeAlarm':
      return `arn:aws:cloudwatch:${here}:alarm:${name}`;
    case 'AWS::Cognito::UserPool':
      return `arn:aws:cognito-idp:${here}:userpool/${name}`;
    case 'AWS::SecretsManager::Secret':
      // Secrets Manager puts six characters of its own behind the name.
      return `arn:aws:secretsmanager:${here}:secret:${name}-AbCdEf`;
    case 'AWS::Events::EventBus':
      return `arn:aws:events:${here}:event-bus/${name}`;
    default:
      return `arn:aws:${(type.split('::')[1] ?? 'service').toLowerCase()}:${here}:${name}`;
  }
}

/** What `Fn::GetAtt` gives: the attributes code may depend on, a readable placeholder for others. */
export function attributeOf(
  type: string,
  name: string,
  attribute: string,
  properties: Record<string, unknown>,
): string {
  if (attribute === 'Arn' || attribute === 'TopicArn') return arnOf(type, name);
  switch (`${type}.${attribute}`) {
    case 'AWS::DynamoDB::GlobalTable.StreamArn':
    case 'AWS::DynamoDB::Table.StreamArn':
      return `${arnOf(type, name)}/stream/2000-01-01T00:00:00.000`;
    case 'AWS::Lambda::Alias.AliasArn':
    case 'AWS::Lambda::Version.FunctionArn':
      return arnOf(type, name);
    case 'AWS::Lambda::Version.Version':
      return name.split(':').at(-1) ?? '';
    case 'AWS::SQS::Queue.QueueUrl':
      return queueUrl(name);
    case 'AWS::ApiGatewayV2::Api.ApiEndpoint': {
      const scheme = properties.ProtocolType === 'WEBSOCKET' ? 'wss' : 'https';
      return `${scheme}://${name}.execute-api.${region}.amazonaws.com`;
    }
    case 'AWS::S3::Bucket.RegionalDomainName':
      return `${name}.s3.${region}.amazonaws.com`;
    case 'AWS::CloudFront::Distribution.DomainName':
      return `${name.toLowerCase()}.cloudfront.net`;
    case 'AWS::Cognito::UserPool.ProviderName':
      return `cognito-idp.${region}.amazonaws.com/${name}`;
    case 'AWS::Cognito::UserPool.ProviderURL':
      return `https://cognito-idp.${region}.amazonaws.com/${name}`;
    default:
      return attribute.endsWith('Name') || attribute.endsWith('Id') ? name : `${name}.${attribute}`;
  }
}

function queueUrl(name: string): string {
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}
