import type { Group, GroupStatus } from '@seenby/protocol/entities.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import type { MessageTimeline } from '../timeline/message-timeline.ts';
import { pauseAfter, type SeenbyError } from '../transport/seenby-error.ts';
import { type PlayedSession, resumePlayed } from './played.ts';
import { takeUpFromBefore } from './restart.ts';

/** The groups of a client, as far as it is known of them. */
export interface ClientGroups {
  readonly checks: { ask(groupIds: string[]): Promise<void> };
  /** What waits for a connection is sent. */
  resume(): void;
  get(groupId: string): { readonly parts: { readonly timeline: MessageTimeline } };
  all(): readonly { readonly standing: { recount(): void } }[];
  /** These are all groups that the user is in. */
  take(groups: readonly GroupStatus[]): void;
  /** The one with the newest message first. */
  statuses(): readonly { readonly groupId: string; readonly lastSeq: number }[];
}

/** By then an app has asked for the group that it opens. */
const minDelayMs = 500;
/** Not all clients that a fault threw off at once ask at once. */
const spreadMs = 2000;

/** There is a connection, for the first time or again. `isTruncated`: it told of some groups only. */
export function connected(
  session: PlayedSession,
  groups: ClientGroups,
  prefetched: number,
  isTruncated?: boolean,
): void {
  session.hasExtras = true;
  resumePlayed(session);
  takeUpFromBefore(session, groups);
  if (isTruncated) void listGroups(session, groups);
  if (prefetched <= 0) return;
  const delayMs = minDelayMs + spreadMs * session.host.random();
  whileConnected(session, delayMs, () => prefetch(groups, prefetched));
}

/** Runs something later, unless the connection is lost until then. */
function whileConnected({ host, on }: PlayedSession, delayMs: number, run: () => void): void {
  const cancel = host.after(delayMs, () => {
    off();
    run();
  });
  const off = on('connection', ({ state }) => {
    if (state === 'connected') return;
    cancel();
    off();
  });
}

/** The first frame has no room for all groups. */
async function listGroups(session: PlayedSession, groups: ClientGroups): Promise<void> {
  try {
    const all = await session.http.request<AnswerOf<'GET /me/unread'>>('GET', '/me/unread');
    groups.take(all.groups);
  } catch (error) {
    const pauseMs = pauseAfter(error as SeenbyError);
    // The next connection begins with all of it.
    if (pauseMs === undefined || !session.isConnected) return;
    whileConnected(session, pauseMs, () => void listGroups(session, groups));
  }
}

/** What has come to the groups that were active last is loaded, and with that delivered. */
function prefetch(groups: ClientGroups, prefetched: number): void {
  for (const { groupId, lastSeq } of groups.statuses().slice(0, prefetched)) {
    const { timeline } = groups.get(groupId).parts;
    const isThere = lastSeq === 0 || timeline.loaded.hasReceived(lastSeq);
    // What is missing after messages that are loaded is fetched up to where they end.
    if (!isThere && timeline.loaded.messages.length > 0) timeline.noteLastSeq(lastSeq);
    else if (!isThere) {
      timeline.history().catch(() => {});
      timeline.isPrefetched = true;
    }
  }
}

export async function createGroup(
  { http }: PlayedSession,
  groups: ClientGroups,
  group: object,
): Promise<Group> {
  const created = await http.request<Group>('POST', '/groups', group);
  groups.get(created.groupId);
  // Without a connection the next one brings it.
  await groups.checks.ask([created.groupId]).catch(() => {});
  return created;
}

export async function setReadReceipts(
  { http }: PlayedSession,
  groups: ClientGroups,
  readReceipts: boolean,
): Promise<void> {
  await http.request('PUT', '/me/settings', { readReceipts });
  for (const { standing } of groups.all()) standing.recount();
}
