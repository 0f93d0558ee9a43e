import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentNames } from '../../functions/runtime/environment.ts';
import { exempt, nagName } from '../exempt.ts';
import type { SeenbyFunction } from '../functions/seenby-function.ts';
import { retainUnlessNew } from './removal-policy.ts';

/** Where expired messages and receipts go. It is never deleted with the stack: it is to outlive it. */
export class Archive extends Construct {
  readonly #bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: retainUnlessNew,
    });
    exempt(this.#bucket, {
      'AwsSolutions-S1':
        'One function writes, and the stack lets nobody read: who does is for its owner to log',
    });
  }

  get outputs(): Readonly<Record<string, string>> {
    return { ArchiveBucketName: this.#bucket.bucketName };
  }

  /** Sets the bucket's name in the function and allows it to add objects, not to read them. */
  allowArchiving(handler: SeenbyFunction): void {
    handler.setEnvironment(environmentNames.archiveBucket, this.#bucket.bucketName);
    handler.allow(['s3:PutObject'], [this.#bucket.arnForObjects('*')]);
    exempt(handler.ownRole, {
      [`AwsSolutions-IAM5[Resource::<${nagName(this.#bucket)}.Arn>/*]`]: 'Adds objects by any name',
    });
  }
}
