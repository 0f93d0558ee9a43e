import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Wire = Record<string, unknown>;

/** The same value with its binaries in Base64, as they are on the wire. */
export const encodeBinaries = (value: AttributeValue): unknown =>
  converted(value as unknown as Wire, (bytes) =>
    Buffer.from(bytes as Uint8Array).toString('base64'),
  );

/** The same value with its binaries as bytes, as the SDK has them. */
export const decodeBinaries = (value: AttributeValue): AttributeValue =>
  converted(value as unknown as Wire, (text) =>
    Uint8Array.from(Buffer.from(String(text), 'base64')),
  ) as unknown as AttributeValue;

function converted(value: Wire, convert: (binary: unknown) => unknown): Wire {
  if ('B' in value) return { B: convert(value.B) };
  if ('BS' in value) return { BS: [...(value.BS as unknown[])].map(convert) };
  if ('L' in value) return { L: (value.L as Wire[]).map((each) => converted(each, convert)) };
  if (!('M' in value)) return value;
  const entries = Object.entries(value.M as Record<string, Wire>);
  return { M: Object.fromEntries(entries.map(([key, each]) => [key, converted(each, convert)])) };
}
