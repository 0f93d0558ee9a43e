import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import {
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { exempt } from '../exempt.ts';
import type { Settings } from '../settings/settings.ts';

export type Pace = Exclude<Settings['rollout'], 'atOnce'>;

export interface RolloutProps {
  readonly pace: Pace;
  /** Whichever of them fires while traffic moves, it moves back, and so does the stack. */
  readonly alarms: readonly Alarm[];
}

const moveAliases = 'service-role/AWSCodeDeployRoleForLambdaLimited';

/** Both take ten minutes: alarms over five of them fire in time. */
const paces = {
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
  linear: LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
};

/** Moves each function's callers to a new version bit by bit, and back when an alarm fires. */
export class Rollout extends Construct {
  readonly #props: RolloutProps;
  readonly #application: LambdaApplication;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: RolloutProps) {
    super(scope, id);
    this.#props = props;
    this.#application = new LambdaApplication(this, 'Application');
    this.#role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(moveAliases)],
    });
    exempt(this.#role, {
      [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${moveAliases}]`]:
        'What CodeDeploy needs to move aliases is for AWS to say',
    });
  }

  /** From now on the alias moves gradually. */
  pace(id: string, alias: Alias): void {
    const failures = new Alarm(this, `${id}Failures`, {
      metric: alias.metricErrors({ period: Duration.minutes(1) }),
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription: `Invocations of ${id} fail; a rollout under way is taken back.`,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    new LambdaDeploymentGroup(this, id, {
      application: this.#application,
      role: this.#role,
      alias,
      deploymentConfig: paces[this.#props.pace],
      alarms: [failures, ...this.#props.alarms],
    });
  }
}
