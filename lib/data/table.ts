import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { environmentNames } from '../../functions/runtime/environment.ts';
import type { SeenbyFunction } from '../functions/seenby-function.ts';
import type { Settings } from '../settings/settings.ts';
import { removalPolicyOf } from './removal-policy.ts';
import type { TableGrant } from './table-grants.ts';

export interface TableProps {
  readonly settings: Pick<Settings, 'removalPolicy' | 'tableStreamArn' | 'retentionDays'>;
}

interface Names {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;
}

const userIndexName = 'byUser';

/** The one table: groups, members, messages, receipts and connections. It may have been there before. */
export class Table extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;
  readonly #retentionDays: number;

  constructor(scope: Construct, id: string, { settings }: TableProps) {
    super(scope, id);
    const { tableStreamArn, retentionDays } = settings;
    this.#retentionDays = retentionDays;
    const names = tableStreamArn === undefined ? this.#make(settings) : namesIn(tableStreamArn);
    this.name = names.name;
    this.arn = names.arn;
    this.streamArn = names.streamArn;
  }

  #make(settings: TableProps['settings']): Names {
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
    return { name: table.tableName, arn: table.tableArn, streamArn: streamArnOf(table) };
  }

  /**
   * Sets the table's name in the function, and how long its rows are shown, and allows these actions
   * on these rows. A request without a key would pass any condition on keys; only a Scan is one, and nobody is granted that.
   */
  allow(handler: SeenbyFunction, grants: readonly TableGrant[]): void {
    handler.setEnvironment(environmentNames.tableName, this.name);
    handler.setEnvironment(environmentNames.retentionDays, `${this.#retentionDays}`);
    for (const { actions, rows } of grants) {
      handler.allow(actions, [this.arn], {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': rows },
      });
    }
  }

  /** Tells who answers clients which table it is: another one after a restore. */
  identify(handler: SeenbyFunction): void {
    handler.setEnvironment(environmentNames.tableStreamArn, this.streamArn);
  }

  /** Allows listing the groups of a user. The key of the index is their id alone, which is any text. */
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

function namesIn(streamArn: string): Names {
  const [arn = ''] = streamArn.split('/stream/');
  return { name: arn.split('/')[1] ?? '', arn, streamArn };
}

function streamArnOf(table: TableV2): string {
  if (table.tableStreamArn === undefined) throw new Error('The table was made without a stream');
  return table.tableStreamArn;
}
