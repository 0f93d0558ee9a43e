import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environmentNames } from '../functions/environment.ts';
import type { SeenbyFunction } from './seenby-function.ts';

/** Where expired messages and receipts go. It is never deleted with the stack: it is to outlive it. */
export class Archive extends Construct {
  readonly #bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  get outputs(): Readonly<Record<string, string>> {
    return { ArchiveBucketName: this.#bucket.bucketName };
  }

  /** Tells the function the bucket's name and allows it to add objects, not to read them. */
  allowKeeping(handler: SeenbyFunction): void {
    handler.setEnvironment(environmentNames.archiveBucket, this.#bucket.bucketName);
    handler.allow(['s3:PutObject'], [this.#bucket.arnForObjects('*')]);
  }
}
