import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { EnvironmentName } from '../../functions/runtime/environment.ts';
import { exempt } from '../exempt.ts';
import { type LogSettings, logGroupOptions } from '../monitoring/log-group-options.ts';
import type { Settings } from '../settings/settings.ts';
import { bundleOf } from './bundle.ts';
import type { HandlerFile } from './handler-file.ts';

export type FunctionSettings = LogSettings & Pick<Settings, 'tracing' | 'rollout'>;

export interface SeenbyFunctionProps {
  readonly entry: HandlerFile;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly settings: FunctionSettings;
}

/** A Lambda of this service: Node 24 on arm64, its own log group, and a role that starts empty. */
export class SeenbyFunction extends LambdaFunction {
  /** Points to the version that callers get, where releases roll out gradually. */
  readonly alias: Alias | undefined;
  readonly ownRole: Role;

  constructor(scope: Construct, id: string, props: SeenbyFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, logGroupOptions(props.settings));
    // CDK's default role may create log groups and write to any of them.
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      code: bundleOf(props.entry),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // START, END and REPORT of every call would cost more than the call; WARN keeps the failed.
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: props.settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    });
    this.ownRole = role;
    exempt(this, {
      'Serverless-LambdaDLQ':
        'What fails is answered to who waits for it, or kept by whom it came from',
      ...(!props.settings.tracing && {
        'Serverless-LambdaTracing': 'Is a setting, off by default',
      }),
    });
    if (props.settings.tracing) {
      exempt(role, {
        'AwsSolutions-IAM5[Resource::*]': 'Traces are no resources that could be named',
      });
    }
    if (props.settings.rollout !== 'atOnce') {
      this.alias = new Alias(scope, `${id}Alias`, {
        aliasName: 'live',
        // CDK's types disagree about what may be undefined.
        version: this.currentVersion as IVersion,
      });
    }
  }

  /** What is invoked: whoever calls the function itself would get a new version all at once. */
  get target(): IFunction {
    return (this.alias as IFunction | undefined) ?? this;
  }

  setEnvironment(name: EnvironmentName, value: string): void {
    this.addEnvironment(name, value);
  }

  allow(actions: readonly string[], resources: readonly string[], conditions = {}): void {
    this.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }),
    );
  }
}
