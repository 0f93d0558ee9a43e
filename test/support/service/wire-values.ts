import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { decodeBinaries, encodeBinaries } from './binaries.ts';

type Wire = Partial<
  Record<'S' | 'N' | 'B', string> & { BOOL: boolean; L: unknown[]; M: Record<string, unknown> }
>;

/** A value as it is on the wire, as the SDK makes it; in a fraction of the time where it is plain. */
export function toWire(value: unknown): unknown {
  if (typeof value === 'string') return { S: value };
  if (Number.isSafeInteger(value)) return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (Array.isArray(value) && !value.some(isFunction)) return { L: value.map(toWire) };
  const isMap = typeof value === 'object' && value.constructor === Object;
  const M = isMap && mapOf(value, toWire);
  return M ? { M } : toWireBySdk(value);
}

/** What the SDK makes of a value on the wire. */
export function fromWire(wire: unknown): unknown {
  const { S, N, B, BOOL, L, M } = wire as Wire;
  if (S !== undefined) return S;
  if (N !== undefined && Number.isSafeInteger(Number(N))) return Number(N);
  if (BOOL !== undefined) return BOOL;
  if (B !== undefined) return new Uint8Array(Buffer.from(B, 'base64'));
  if (L !== undefined) return L.map(fromWire);
  return (M && mapOf(M, fromWire)) ?? fromWireBySdk(wire);
}

const knownItems = new WeakMap<object, object>();

/**
 * What the SDK makes of an item. Those that are stored are never changed, and most are read often: each is
 * converted once, and who reads it has a copy whose values are shared.
 */
export function itemFromWire(item: object): object {
  let known = knownItems.get(item);
  if (!known) {
    const entries = Object.entries(item);
    known = Object.fromEntries(entries.map(([name, value]) => [name, frozen(fromWire(value))]));
    knownItems.set(item, known);
  }
  return { ...known };
}

/** Bytes cannot be frozen. */
function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

const toWireBySdk = (value: unknown): unknown =>
  encodeBinaries(marshall(value as object, { convertTopLevelContainer: true }) as never);

const fromWireBySdk = (wire: unknown): unknown =>
  unmarshall(decodeBinaries(wire as AttributeValue) as never, { convertWithoutMapWrapper: true });

/** Undefined where there is a function: the SDK leaves those out. */
function mapOf(
  all: object,
  convert: (one: unknown) => unknown,
): Record<string, unknown> | undefined {
  const map: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(all)) {
    if (isFunction(one)) return undefined;
    map[name] = convert(one);
  }
  return map;
}

const isFunction = (value: unknown): boolean => typeof value === 'function';
