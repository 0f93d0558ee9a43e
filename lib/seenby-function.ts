import { fileURLToPath } from 'node:url';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  LogLevel,
  NodejsFunction,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { EnvironmentName } from '../functions/environment.ts';
import { type LogSettings, logGroupOptions } from './log-group-options.ts';

export interface SeenbyFunctionProps {
  /** Name of the file under `functions/`, without its ending; it exports `handler`. */
  readonly entry: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly settings: LogSettings;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Lambda hands its credentials over in the environment, where the SDK looks first. It loads these
 * providers only when it finds none there; in the bundle they would be a quarter of it.
 */
const otherCredentialProviders = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourceMap: true,
  sourcesContent: false,
  // The runtime brings an SDK of its own date: slower to load, and not the one tested.
  bundleAwsSDK: true,
  externalModules: otherCredentialProviders,
  logLevel: LogLevel.WARNING,
};

/** A Lambda of this service: Node 24 on arm64, its own log group, and a role that starts empty. */
export class SeenbyFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: SeenbyFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, logGroupOptions(props.settings));
    // CDK's default role may create log groups and write to any of them.
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      entry: `${root}functions/${props.entry}.ts`,
      projectRoot: root,
      depsLockFilePath: `${root}package-lock.json`,
      bundling,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // START, END and REPORT of every call would cost more than the call; WARN keeps the failed.
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    });
  }

  setEnvironment(name: EnvironmentName, value: string): void {
    this.addEnvironment(name, value);
  }

  allow(actions: readonly string[], resources: readonly string[]): void {
    this.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}
