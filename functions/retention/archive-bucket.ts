import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientOptions, uploadCall } from '../runtime/aws-client.ts';
import type { ObjectStore } from './period-archive.ts';

/** An S3 bucket; it encrypts by itself. Throws the SDK's error when S3 does not take an object. */
export function bucket(name: string): ObjectStore {
  const client = new S3Client(clientOptions(uploadCall));
  return {
    async put(Key, Body) {
      const ContentType = 'application/gzip';
      await client.send(new PutObjectCommand({ Bucket: name, Key, Body, ContentType }));
    },
  };
}
