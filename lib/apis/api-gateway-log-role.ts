import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { exempt } from '../exempt.ts';

const pushToLogs = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

/**
 * The account-wide role with which API Gateway writes WebSocket access logs. Without one in the
 * region a stage with an access log cannot be created (HTTP APIs need none). CloudFormation puts it in
 * place of the one that is there without asking, so it is made only for who asks. It is never removed:
 * other APIs of the account may have come to lean on it.
 */
export class ApiGatewayLogRole extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(pushToLogs)],
    });
    exempt(role, {
      [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${pushToLogs}]`]:
        'API Gateway asks for this policy; the role is for all APIs of the account',
    });
    const account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    // Not even a deployment that fails takes the role back: the account keeps naming it.
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
