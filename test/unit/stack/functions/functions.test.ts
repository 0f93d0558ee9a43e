import { describe, expect, it } from 'vitest';
import {
  type EnvironmentName,
  environmentNames,
} from '../../../../functions/runtime/environment.ts';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';

const template = synthesize({ logRetentionDays: 90, retentionDays: 7 });
const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
/** CDK brings it to upload the page; its code and runtime are CDK's. */
const uploader = 'CustomCDKBucketDeployment';

function environmentOf(functionId: string): Record<string, unknown> {
  const [, found] = functions.find(([id]) => id.replace(/[0-9A-F]{8}$/, '') === functionId) ?? [];
  return found?.Properties.Environment.Variables;
}

const { tableName, callbackUrl, allowedOrigins, retentionDays, directPushMembers } =
  environmentNames;
const { tableStreamArn, deadLetters } = environmentNames;

const tokens = [
  environmentNames.issuer,
  environmentNames.audience,
  environmentNames.jwksUri,
  environmentNames.userIdClaim,
];

const push = [callbackUrl, environmentNames.pushQueue, environmentNames.postsPerSecond];

const windows = [environmentNames.pushWindowSeconds, environmentNames.bigGroupPushWindowSeconds];

const expected: Record<string, EnvironmentName[]> = {
  Authorizer: [...tokens, allowedOrigins, tableStreamArn],
  Socket: [
    tableName,
    retentionDays,
    ...push,
    environmentNames.presence,
    directPushMembers,
    tableStreamArn,
  ],
  Http: [
    ...[tableName, retentionDays, ...push, ...tokens, environmentNames.serviceAudience],
    ...[directPushMembers, tableStreamArn],
  ],
  Push: [tableName, retentionDays, ...push, ...windows],
  Recorder: [tableName, retentionDays, deadLetters],
  Maintenance: [tableName, retentionDays],
  FanOut: [tableName, retentionDays, deadLetters, ...push, ...windows],
};

describe('every function', () => {
  it('runs on Node 24 and arm64, maps its stack traces, and logs JSON', () => {
    const own = functions.filter(([id]) => !id.startsWith(uploader));
    expect(own).toHaveLength(Object.keys(expected).length);
    for (const [, { Properties }] of own) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
        LoggingConfig: { LogFormat: 'JSON' },
      });
    }
  });

  it('has a log group of its own, kept as long as set', () => {
    const groups = functions.map(([, { Properties }]) => render(Properties.LoggingConfig.LogGroup));
    expect(new Set(groups).size).toBe(functions.length);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    // The HTTP API has an access log besides.
    template.resourceCountIs('AWS::Logs::LogGroup', functions.length + 1);
  });

  it.each(Object.entries(expected))('%s is told what it needs and no more', (id, names) => {
    const { NODE_OPTIONS: _, ...told } = environmentOf(id);
    expect(Object.keys(told).sort()).toEqual([...names].sort());
  });

  it('pushes to the stage that clients connect to', () => {
    const host = '<WebSocketApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>';
    expect(render(environmentOf('FanOut')[callbackUrl])).toBe(`https://${host}/v1`);
    expect(render(template.toJSON().Outputs.WebSocketUrl.Value)).toBe(`wss://${host}/v1`);
    expect(environmentOf('Http')[retentionDays]).toBe('7');
  });
});
