import { createHash } from 'node:crypto';
import { dayMs } from '@seenby/core/day.ts';
import type { Service } from '../service/service.ts';
import type { Cursors } from '../store/cursors.ts';

/** What a client knows: since when, and of each group a fingerprint of everything. */
export interface SyncState {
  at: number;
  /** By the fingerprint of the group's id. */
  groups: ReadonlyMap<string, string>;
}

/** `tooOld` for one that was ours, and whose content is no longer there, or is of another table. */
export type OpenedToken = SyncState | 'tooOld' | undefined;

/** Of a group's id, and of everything that was answered of it. */
export const fingerprintBytes = 6;
const entryBytes = 2 * fingerprintBytes;
/** So many groups stand in the token itself, which stays under 2 KB; more are kept in the table. */
const maxGroupsInToken = 120;
/** Those of the first releases, which had no epoch, are too old. */
const [ownKind, keptKind] = [3, 4];
const epochBytes = 6;
const headBytes = 1 + 8 + epochBytes;

/** Every client state has one token, whatever order its groups were answered in. */
function encode(groups: ReadonlyMap<string, string>): Buffer {
  const entries = [...groups].map(([name, state]) => name + state).sort();
  return Buffer.from(entries.join(''), 'latin1');
}

function decode(bytes: Uint8Array): Map<string, string> {
  const text = Buffer.from(bytes).toString('latin1');
  const groups = new Map<string, string>();
  for (let i = 0; i < text.length; i += entryBytes) {
    groups.set(
      text.slice(i, i + fingerprintBytes),
      text.slice(i + fingerprintBytes, i + entryBytes),
    );
  }
  return groups;
}

/** A client may know what this table never had: then no comparison tells it what is gone. */
const epochIn = ({ epoch }: Service): string =>
  createHash('sha256').update(epoch).digest().toString('latin1', 0, epochBytes);

const boundTo = (userId: string) => ['sync', userId];

/** The token for what a client knows. */
export async function sealToken(
  service: Service,
  cursors: Cursors,
  userId: string,
  { at, groups }: SyncState,
): Promise<string> {
  const content = encode(groups);
  const isKept = groups.size > maxGroupsInToken;
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(isKept ? keptKind : ownKind);
  head.writeBigUInt64BE(BigInt(at), 1);
  head.write(epochIn(service), 9, 'latin1');
  const rest = isKept
    ? Buffer.from(await service.snapshots.keep(userId, content, at), 'latin1')
    : content;
  return cursors.seal(Buffer.concat([head, rest]).toString('latin1'), boundTo(userId));
}

/** Undefined for what was not given out by us for this user. */
export async function openToken(
  service: Service,
  cursors: Cursors,
  userId: string,
  token: string,
): Promise<OpenedToken> {
  const opened = await cursors.open(token, boundTo(userId));
  if (opened === undefined) return undefined;
  const bytes = Buffer.from(opened, 'latin1');
  const kind = bytes.readUInt8();
  const at = Number(bytes.readBigUInt64BE(1));
  if (kind !== ownKind && kind !== keptKind) return 'tooOld';
  if (bytes.toString('latin1', 9, headBytes) !== epochIn(service)) return 'tooOld';
  const rest = bytes.subarray(headBytes);
  if (service.clock() - at > service.retentionDays * dayMs) return 'tooOld';
  if (kind === ownKind) return { at, groups: decode(rest) };
  const kept = await service.snapshots.find(userId, rest.toString('latin1'));
  return kept ? { at, groups: decode(kept) } : 'tooOld';
}
