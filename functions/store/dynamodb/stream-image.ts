import type { AttributeValue as SdkValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from 'aws-lambda';
import type { Item } from './table.ts';

/** An item as a record of the stream has it. */
type Image = Record<string, AttributeValue>;

export const itemOf = (image: Image): Item => unmarshall(withBytes(image));

const withBytes = (image: Image): Record<string, SdkValue> =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, toSdk(value)]));

/** Lambda passes binary attributes as base64 text; the SDK's reader wants bytes. */
function toSdk(value: AttributeValue): SdkValue {
  if (value.B !== undefined) return { B: new Uint8Array(Buffer.from(value.B, 'base64')) };
  if (value.L) return { L: value.L.map(toSdk) };
  if (value.M) return { M: withBytes(value.M) };
  return value as SdkValue;
}
