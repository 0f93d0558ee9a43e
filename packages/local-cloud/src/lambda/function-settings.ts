import { resolve } from 'node:path';
import { arnOf, localAccount } from '../template/physical-names.ts';
import { type Template, TemplateError } from '../template/template.ts';

/** A declared Lambda, ready to be run. */
export interface FunctionSettings {
  logicalId: string;
  functionName: string;
  functionArn: string;
  /** Directory of the unpacked bundle. */
  assetDir: string;
  handler: string;
  timeoutMs: number;
  memoryMb: number;
  logGroupName: string;
  /** Lambda's names: `JSON` or `Text`, and the lowest level that `console` writes. */
  logFormat: string;
  logLevel: string;
  environment: Record<string, string>;
}

interface FunctionProperties {
  FunctionName?: string;
  Handler?: string;
  Runtime?: string;
  Timeout?: number;
  MemorySize?: number;
  LoggingConfig?: { LogGroup?: string; LogFormat?: string; ApplicationLogLevel?: string };
  Environment?: { Variables?: Record<string, unknown> };
}

/** Every Node.js function of the template. Those the CDK brings along in other languages are left out. */
export function readFunctionSettings(
  template: Template,
  rewrite: (value: string) => string,
  environment: Record<string, string>,
): FunctionSettings[] {
  return template
    .resources<FunctionProperties>('AWS::Lambda::Function')
    .filter(({ properties }) => properties.Runtime?.startsWith('nodejs'))
    .map(({ logicalId, properties, metadata }) => {
      const functionName = properties.FunctionName ?? logicalId;
      const settings = {
        logicalId,
        functionName,
        functionArn: arnOf('AWS::Lambda::Function', functionName),
        assetDir: assetDirOf(template, logicalId, metadata),
        handler: properties.Handler ?? 'index.handler',
        timeoutMs: (properties.Timeout ?? 3) * 1000,
        memoryMb: properties.MemorySize ?? 128,
        logGroupName: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`,
        ...readLogging(properties),
      };
      const { Variables = {} } = properties.Environment ?? {};
      checkVariables(logicalId, Variables);
      const declared = Object.entries(Variables).map(([name, value]): [string, string] => [
        name,
        rewrite(String(value)),
      ]);
      return {
        ...settings,
        environment: {
          ...Object.fromEntries(declared),
          ...reservedVariables(settings, properties.Runtime ?? ''),
          ...environment,
        },
      };
    });
}

/** Levels are told apart in JSON only, where INFO is the lowest that is kept unless set. */
function readLogging({ LoggingConfig = {} }: FunctionProperties) {
  const { LogFormat: logFormat = 'Text', ApplicationLogLevel = 'INFO' } = LoggingConfig;
  return { logFormat, logLevel: logFormat === 'JSON' ? ApplicationLogLevel : '' };
}

/** Of names and values, as JSON. */
const maxVariablesBytes = 4096;

function checkVariables(logicalId: string, variables: Record<string, unknown>): void {
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes <= maxVariablesBytes) return;
  throw new TemplateError(
    `The environment variables of ${logicalId} take ${bytes} bytes; Lambda allows ${maxVariablesBytes}.`,
  );
}

function assetDirOf(
  template: Template,
  logicalId: string,
  metadata: Record<string, unknown>,
): string {
  const path = metadata['aws:asset:path'];
  if (typeof path !== 'string') {
    throw new TemplateError(
      `The function ${logicalId} has no aws:asset:path: synthesize with asset metadata on.`,
    );
  }
  return resolve(template.assemblyDir, path);
}

/** The variables Lambda itself sets. */
function reservedVariables(
  settings: Omit<FunctionSettings, 'environment'>,
  runtime: string,
): Record<string, string> {
  return {
    _HANDLER: settings.handler,
    // By it the local services know whose role to ask.
    AWS_ACCESS_KEY_ID: settings.logicalId,
    AWS_DEFAULT_REGION: localAccount.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: settings.logFormat,
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroupName,
    ...(settings.logLevel && { AWS_LAMBDA_LOG_LEVEL: settings.logLevel }),
    AWS_REGION: localAccount.region,
    LAMBDA_TASK_ROOT: settings.assetDir,
    LANG: 'en_US.UTF-8',
    PATH: process.env.PATH ?? '',
  };
}
