import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from './step-archive.ts';

/** An S3 bucket; it encrypts by itself. Throws the SDK's error when S3 does not take an object. */
export function bucket(name: string): ObjectStore {
  const client = new S3Client({ maxAttempts: 5 });
  return {
    async put(Key, Body) {
      const ContentType = 'application/gzip';
      await client.send(new PutObjectCommand({ Bucket: name, Key, Body, ContentType }));
    },
  };
}
