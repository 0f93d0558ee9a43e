import { describe, expect, it } from 'vitest';
import { synthesize } from './support/synthesize.ts';

const tableType = 'AWS::DynamoDB::GlobalTable';
const template = synthesize();

describe('the table', () => {
  it('is billed on demand, encrypted, and streams both images of a change', () => {
    template.resourceCountIs(tableType, 1);
    template.hasResourceProperties(tableType, {
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  });

  it('projects only the role into the index by user, so that a read writes nothing there', () => {
    template.hasResourceProperties(tableType, {
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byUser',
          KeySchema: [
            { AttributeName: 'userId', KeyType: 'HASH' },
            { AttributeName: 'groupId', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['role'] },
        },
      ],
    });
  });
});

describe('a table that was there before', () => {
  const arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Seenby-Restored';
  const tableStreamArn = `${arn}/stream/2026-11-22T03:34:20.000`;
  const restored = synthesize({ tableStreamArn });

  it('is the one that every function works on, and none is made', () => {
    restored.resourceCountIs(tableType, 0);
    const variables = Object.values(restored.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Environment?.Variables?.TABLE_NAME,
    );
    expect(new Set(variables.filter(Boolean))).toEqual(new Set(['Seenby-Restored']));
    const granted = JSON.stringify(restored.findResources('AWS::IAM::Policy'));
    for (const part of [arn, `${arn}/index/byUser`, tableStreamArn]) {
      expect(granted).toContain(`"${part}"`);
    }
    const sources = Object.values(restored.findResources('AWS::Lambda::EventSourceMapping'))
      .map(({ Properties }) => Properties.EventSourceArn)
      .filter((source) => typeof source === 'string');
    expect(sources).toEqual([tableStreamArn, tableStreamArn]);
  });

  it('[RD10] is known as another one by all who answer clients', () => {
    const functions = Object.values(restored.findResources('AWS::Lambda::Function'));
    const named = functions.filter(({ Properties }) => {
      const { TOKEN_ISSUER, DIRECT_PUSH_MEMBERS } = Properties.Environment?.Variables ?? {};
      return TOKEN_ISSUER || DIRECT_PUSH_MEMBERS;
    });
    expect(named).toHaveLength(3);
    for (const { Properties } of named) {
      expect(Properties.Environment.Variables.TABLE_STREAM_ARN).toBe(tableStreamArn);
    }
  });
});

describe('[SE7] what protects the data', () => {
  it('is on unless a deployment says it is for development', () => {
    template.hasResource(tableType, {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    });
    template.hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { DeletionProtection: 'ACTIVE' },
    });
  });

  it('is off in development, where everything goes with the stack', () => {
    const development = synthesize({ removalPolicy: 'destroy', apiGatewayLogRole: 'existing' });
    development.hasResource(tableType, {
      DeletionPolicy: 'Delete',
      Properties: {
        Replicas: [
          {
            DeletionProtectionEnabled: false,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
          },
        ],
      },
    });
    const resources: Record<string, { DeletionPolicy?: string }> = development.toJSON().Resources;
    expect(
      Object.values(resources).filter((each) => each.DeletionPolicy === 'RetainExceptOnCreate'),
    ).toEqual([]);
  });
});
