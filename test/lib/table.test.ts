import { describe, expect, it } from 'vitest';
import { synthesize } from './synthesize.ts';

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

describe('[SE7] what protects the data', () => {
  it('is on unless a deployment says it is for development', () => {
    template.hasResource(tableType, {
      DeletionPolicy: 'Retain',
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
      DeletionPolicy: 'Retain',
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
    expect(Object.values(resources).filter((each) => each.DeletionPolicy === 'Retain')).toEqual([]);
  });
});
