import { createHash } from 'node:crypto';

/** What a client has seen: when, and of each group a fingerprint of everything it was told. */
export interface SyncToken {
  at: number;
  groups: ReadonlyMap<string, string>;
}

const nameBytes = 5;
const stateBytes = 7;
const entryBytes = nameBytes + stateBytes;

const hash = (text: string, bytes: number): string =>
  createHash('sha256').update(text).digest().subarray(0, bytes).toString('latin1');

/** Short name of a group in a token. */
export const nameOfGroup = (groupId: string): string => hash(groupId, nameBytes);

/** Changes whenever anything of what a client is told changes. */
export const fingerprint = (state: unknown): string => hash(JSON.stringify(state), stateBytes);

/** Twelve bytes a group: the token of a user with 400 groups still fits an address line. */
export function encodeToken({ at, groups }: SyncToken): string {
  const head = Buffer.alloc(8);
  head.writeBigUInt64BE(BigInt(at));
  const entries = [...groups].map(([name, state]) => Buffer.from(name + state, 'latin1'));
  return Buffer.concat([head, ...entries]).toString('latin1');
}

export function decodeToken(text: string): SyncToken {
  const bytes = Buffer.from(text, 'latin1');
  const groups = new Map<string, string>();
  for (let at = 8; at + entryBytes <= bytes.length; at += entryBytes) {
    const entry = bytes.subarray(at, at + entryBytes).toString('latin1');
    groups.set(entry.slice(0, nameBytes), entry.slice(nameBytes));
  }
  return { at: Number(bytes.readBigUInt64BE()), groups };
}
