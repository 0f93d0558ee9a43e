import type { Role } from '@seenby/protocol/entities.ts';
import type { ErrorCode } from '@seenby/protocol/errors.ts';
import type { HttpRoute } from '@seenby/protocol/http-requests.ts';
import { maySee, type Setting } from './settings.ts';
import { seqOfAnother, type World } from './world.ts';

export type Verdict = 'ok' | ErrorCode;

/** What a request says, right in all but who asks. */
export interface Input {
  query?: Record<string, string>;
  body?: object;
}

/** What is expected of a route, by rule. */
export interface RouteRule {
  input?: (world: World, userId: string | undefined) => Input;
  /** What a member gets; without it every member may. Whoever is no member gets NOT_FOUND, where there is a group. */
  member?: (role: Role, setting: Setting) => Verdict;
  /** Whether it changes something when it succeeds. */
  writes?: true;
}

/** [TR5] owner > admin > member. */
const fromAdmin = (role: Role): Verdict => (role === 'member' ? 'FORBIDDEN' : 'ok');
const ownerOnly = (role: Role): Verdict => (role === 'owner' ? 'ok' : 'FORBIDDEN');
const both = (...verdicts: Verdict[]): Verdict => verdicts.find((each) => each !== 'ok') ?? 'ok';
/** [TR1] [TR3] Receipts of messages of others. */
const whoSeesReceipts = (role: Role, setting: Setting): Verdict =>
  maySee(setting, role, false) ? 'ok' : 'FORBIDDEN';
/** [TR1] Those of one's own at least. */
const whereThereAreReceipts = (_role: Role, { tracking }: Setting): Verdict =>
  tracking === 'receipts' ? 'ok' : 'FORBIDDEN';
/** Nobody joins, leaves or is removed from a direct chat. */
const notInDirect = ({ kind }: Setting): Verdict => (kind === 'direct' ? 'BAD_REQUEST' : 'ok');

let ids = 0;
const newId = (label: string): string => `${label}-${++ids}`;
const newMessage = () => ({ clientMessageId: newId('m'), content: 'Hello' });
const message = (): Input => ({ body: newMessage() });
const upToFirst = (): Input => ({ body: { upTo: 1 } });

/**
 * The rule of every HTTP route. The type demands an entry for each, and the test another time: a new route is
 * refused until somebody has said who may call it.
 */
export const routeRules: Record<HttpRoute, RouteRule> = {
  'POST /groups': {
    input: (_world, userId) => ({
      body: { name: 'New', memberIds: [], ...(userId === undefined && { ownerId: 'somebody' }) },
    }),
    writes: true,
  },
  'GET /groups/{groupId}': {},
  'PATCH /groups/{groupId}': {
    input: () => ({ body: { name: 'Another' } }),
    member: fromAdmin,
    writes: true,
  },
  'DELETE /groups/{groupId}': { member: ownerOnly, writes: true },
  'GET /groups/{groupId}/members': {},
  'POST /groups/{groupId}/members': {
    input: () => ({ body: { memberIds: [newId('nora')] } }),
    member: (role, setting) => both(fromAdmin(role), notInDirect(setting)),
    writes: true,
  },
  'PATCH /groups/{groupId}/members/{userId}': {
    input: () => ({ body: { role: 'admin' } }),
    member: ownerOnly,
    writes: true,
  },
  'DELETE /groups/{groupId}/members/{userId}': {
    member: (role, setting) => both(notInDirect(setting), fromAdmin(role)),
    writes: true,
  },
  'GET /groups/{groupId}/messages': {},
  'POST /groups/{groupId}/messages': { input: message, writes: true },
  'DELETE /groups/{groupId}/messages/{seq}': { member: fromAdmin, writes: true },
  'GET /groups/{groupId}/messages/{seq}/receipts': { member: whoSeesReceipts },
  'POST /groups/{groupId}/messages/{seq}/remind': {
    member: (role, setting) => both(fromAdmin(role), whoSeesReceipts(role, setting)),
  },
  'POST /groups/{groupId}/read': { input: upToFirst },
  'POST /groups/{groupId}/delivered': { input: upToFirst },
  'POST /groups/{groupId}/unread': { input: () => ({ body: { fromSeq: 1 } }), writes: true },
  'GET /groups/{groupId}/receipts': {
    input: ({ authors }) => ({ query: { from: '1', to: String(authors.length) } }),
    member: whereThereAreReceipts,
  },
  'GET /groups/{groupId}/positions': { member: whoSeesReceipts },
  'GET /groups/{groupId}/stats': { member: whoSeesReceipts },
  'GET /groups/{groupId}/stats/members': {
    member: (role, setting) => both(fromAdmin(role), whoSeesReceipts(role, setting)),
  },
  'GET /me/unread': {},
  'POST /me/read': {
    input: ({ groupId, ...world }, userId) => ({
      body: { positions: [{ groupId, upTo: seqOfAnother({ groupId, ...world }, userId) }] },
    }),
  },
  'GET /me/sync': {},
  'GET /me/stats': {},
  'GET /me/settings': {},
  'PUT /me/settings': { input: () => ({ body: { readReceipts: true } }) },
  'PUT /me/profile': { input: () => ({ body: { name: newId('Name') } }), writes: true },
  'POST /groups/{groupId}/notifications': { input: () => ({ body: { text: 'Hello' } }) },
  'PUT /users/{userId}': { input: () => ({ body: { name: newId('Name') } }), writes: true },
  'DELETE /users/{userId}': { writes: true },
};
