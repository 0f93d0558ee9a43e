import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { environmentNames } from '../functions/environment.ts';
import { removalPolicyOf } from './removal-policy.ts';
import type { SeenbyFunction } from './seenby-function.ts';
import type { Settings } from './settings.ts';

export interface TableProps {
  readonly settings: Pick<Settings, 'removalPolicy'>;
}

const userIndexName = 'byUser';

/** The one table: groups, members, messages, receipts and connections. */
export class Table extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, { settings }: TableProps) {
    super(scope, id);
    const kept = settings.removalPolicy === 'retain';
    const table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: kept },
      deletionProtection: kept,
      removalPolicy: removalPolicyOf(settings),
      globalSecondaryIndexes: [
        {
          indexName: userIndexName,
          partitionKey: { name: 'userId', type: AttributeType.STRING },
          sortKey: { name: 'groupId', type: AttributeType.STRING },
          // Only what never changes with a read: moving a position costs nothing here.
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: ['role'],
        },
      ],
    });
    this.name = table.tableName;
    this.arn = table.tableArn;
    this.streamArn = streamArnOf(table);
  }

  /** Tells the function the table's name and allows these actions on its items. */
  allow(handler: SeenbyFunction, actions: readonly string[]): void {
    handler.setEnvironment(environmentNames.tableName, this.name);
    handler.allow(actions, [this.arn]);
  }

  /** Allows listing the groups of a user. */
  allowUserIndex(handler: SeenbyFunction): void {
    handler.allow(['dynamodb:Query'], [`${this.arn}/index/${userIndexName}`]);
  }

  /** Allows a stream mapping to read the changes on behalf of the function. */
  allowStream(handler: SeenbyFunction): void {
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    handler.allow(
      actions.map((action) => `dynamodb:${action}`),
      [this.streamArn],
    );
  }
}

function streamArnOf(table: TableV2): string {
  if (table.tableStreamArn === undefined) throw new Error('The table was made without a stream');
  return table.tableStreamArn;
}
