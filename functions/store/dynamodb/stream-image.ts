import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from 'aws-lambda';
import type { Item } from './table.ts';

/** An item as a record of the stream has it. */
type Image = Record<string, AttributeValue>;

/** Lambda passes binary attributes as base64 text; the SDK's reader wants bytes. */
export function itemOf(image: Image): Item {
  const entries = Object.entries(image).map(([name, value]) => [
    name,
    'B' in value ? { B: Uint8Array.from(Buffer.from(String(value.B), 'base64')) } : value,
  ]);
  return unmarshall(Object.fromEntries(entries));
}
