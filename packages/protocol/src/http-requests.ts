import * as z from 'zod/mini';
import {
  groupKinds,
  receiptOrders,
  receiptStates,
  roles,
  trackings,
  visibilities,
} from './enums.ts';
import { idSchema, messageIdsSchema, rangesSchema, seqSchema } from './ids/identifiers.ts';
import { fromPathSegment } from './ids/path-segment.ts';
import { newMessageFields } from './new-message.ts';
import { nameSchema, profileFields } from './profile.ts';
import { wellFormed } from './schemas/well-formed.ts';

const userIds = (most: number) =>
  z.array(idSchema).check(z.maxLength(most, `takes ${most} users at most`));

/** A whole number from a query string. */
const wholeNumber = (least: number, most: number) =>
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^[0-9]{1,16}$/, 'must be a whole number')),
      z.transform(Number),
    ),
    z
      .int()
      .check(z.gte(least, `must be at least ${least}`), z.lte(most, `must be at most ${most}`)),
  );

const seqInText = wholeNumber(1, Number.MAX_SAFE_INTEGER);
const timeInText = wholeNumber(0, Number.MAX_SAFE_INTEGER);
const cursor = z.optional(z.string().check(z.maxLength(4096)));

export const createGroupSchema = z.strictObject({
  groupId: z.optional(idSchema),
  name: nameSchema,
  memberIds: userIds(5000),
  kind: z._default(z.enum(groupKinds), 'group'),
  tracking: z._default(z.enum(trackings), 'receipts'),
  visibility: z._default(z.enum(visibilities), 'members'),
  historyForNewMembers: z._default(z.int().check(z.gte(0), z.lte(10_000)), 100),
  ownerId: z.optional(idSchema).check(z.describe('For service tokens that act for nobody.')),
});

export const updateGroupSchema = z
  .strictObject({
    name: z.optional(nameSchema),
    tracking: z.optional(z.enum(trackings)),
    visibility: z.optional(z.enum(visibilities)),
  })
  .check(z.refine((b) => Object.keys(b).length > 0, 'give at least one setting'));

export const addMembersSchema = z.strictObject({
  memberIds: userIds(5000).check(z.minLength(1, 'must not be empty')),
  role: z._default(z.enum(['admin', 'member']), 'member'),
});

export const changeRoleSchema = z.strictObject({ role: z.enum(roles) });

const pageFields = { limit: z.optional(wholeNumber(1, 500)), cursor };

/** Of a list of members. */
export const pageQuerySchema = z.strictObject(pageFields);

export const sendMessageSchema = z.strictObject(newMessageFields);

export const historyQuerySchema = z
  .strictObject({
    before: z.optional(seqInText),
    after: z.optional(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
    limit: z.optional(wholeNumber(1, 100)),
  })
  .check(
    z.refine(
      (q) => q.before === undefined || q.after === undefined,
      'give before or after, not both',
    ),
  );

export const markSchema = z
  .strictObject({
    upTo: z.optional(seqSchema),
    ranges: z.optional(rangesSchema),
    messageIds: z.optional(messageIdsSchema),
  })
  .check(
    z.refine(
      (b) => [b.upTo, b.ranges, b.messageIds].filter((way) => way !== undefined).length === 1,
      'give upTo, ranges or messageIds, and only one of them',
    ),
  );

export const markUnreadSchema = z.strictObject({ fromSeq: seqSchema });

export const markManySchema = z
  .strictObject({
    positions: z.optional(
      z
        .array(z.strictObject({ groupId: idSchema, upTo: seqSchema }))
        .check(z.minLength(1, 'must not be empty'), z.maxLength(100, 'takes 100 groups at most')),
    ),
    messageIds: z.optional(messageIdsSchema),
  })
  .check(
    z.refine(
      (b) => (b.positions === undefined) !== (b.messageIds === undefined),
      'give positions or messageIds',
    ),
  );

export const countsQuerySchema = z.strictObject({ from: seqInText, to: seqInText }).check(
  z.refine((q) => q.to >= q.from, 'to must not be below from'),
  z.refine((q) => q.to - q.from < 1000, 'a range holds 1000 messages at most'),
);

/** Everybody, where nobody is chosen. */
export const remindSchema = z.strictObject({
  userIds: z.optional(userIds(500).check(z.minLength(1, 'must not be empty'))),
});

/** The same. */
export const notificationSchema = z.strictObject({
  text: z.string().check(wellFormed, z.minLength(1, 'must not be empty'), z.maxLength(1000)),
  userIds: z.optional(userIds(500).check(z.minLength(1, 'must not be empty'))),
});

export const receiptListQuerySchema = z.strictObject({
  state: z.optional(z.enum(receiptStates)),
  sort: z._default(z.enum(receiptOrders), 'user'),
  cursor,
  limit: z.optional(wholeNumber(1, 500)),
});

const spanFields = { from: z.optional(timeInText), to: z.optional(timeInText) };

export const statsQuerySchema = z.strictObject(spanFields);

export const memberStatsQuerySchema = z.strictObject({ ...spanFields, ...pageFields });

export const syncQuerySchema = z.strictObject({
  since: z.optional(z.string().check(z.maxLength(2048))),
});

export const nothingSchema = z.strictObject({});

export const settingsSchema = z.strictObject({ readReceipts: z.boolean() });

export const newProfileSchema = z.strictObject(profileFields);

const idInPath = z.pipe(z.pipe(z.string(), z.transform(fromPathSegment)), idSchema);

/** Path parameters, by the name that a route's path gives them. */
export const pathSchemas = { groupId: idInPath, userId: idInPath, seq: seqInText };

export interface HttpRequestSchemas {
  /** Nothing but these; none where it is left out. */
  query?: z.ZodMiniType;
  /** Nothing but this, or nothing where it is left out. No body is the same as `{}`. */
  body?: z.ZodMiniType;
  /** Whether a service token may call it that acts for nobody, and whether nobody else may. */
  services?: 'too' | 'alone';
}

/** What every route takes beside its path, by its name in API Gateway (`routeKey`). */
export const httpRequests = {
  'POST /groups': { body: createGroupSchema, services: 'too' },
  'GET /groups/{groupId}': {},
  'PATCH /groups/{groupId}': { body: updateGroupSchema },
  'DELETE /groups/{groupId}': {},
  'GET /groups/{groupId}/members': { query: pageQuerySchema },
  'POST /groups/{groupId}/members': { body: addMembersSchema },
  'PATCH /groups/{groupId}/members/{userId}': { body: changeRoleSchema },
  'DELETE /groups/{groupId}/members/{userId}': {},
  'GET /groups/{groupId}/messages': { query: historyQuerySchema },
  'POST /groups/{groupId}/messages': { body: sendMessageSchema },
  'DELETE /groups/{groupId}/messages/{seq}': {},
  'GET /groups/{groupId}/messages/{seq}/receipts': { query: receiptListQuerySchema },
  'POST /groups/{groupId}/messages/{seq}/remind': { body: remindSchema },
  'POST /groups/{groupId}/read': { body: markSchema },
  'POST /groups/{groupId}/delivered': { body: markSchema },
  'POST /groups/{groupId}/unread': { body: markUnreadSchema },
  'GET /groups/{groupId}/receipts': { query: countsQuerySchema },
  'GET /groups/{groupId}/positions': { query: pageQuerySchema },
  'GET /groups/{groupId}/stats': { query: statsQuerySchema },
  'GET /groups/{groupId}/stats/members': { query: memberStatsQuerySchema },
  'GET /me/unread': {},
  'POST /me/read': { body: markManySchema },
  'GET /me/sync': { query: syncQuerySchema },
  'GET /me/stats': {},
  'GET /me/settings': {},
  'PUT /me/settings': { body: settingsSchema },
  'PUT /me/profile': { body: newProfileSchema },
  'POST /groups/{groupId}/notifications': { body: notificationSchema, services: 'alone' },
  'PUT /users/{userId}': { body: newProfileSchema, services: 'alone' },
  'DELETE /users/{userId}': { services: 'alone' },
} satisfies Record<string, HttpRequestSchemas>;

/** Every HTTP route. The gateway answers 404 to anything else. */
export type HttpRoute = keyof typeof httpRequests;

export const httpRoutes = Object.keys(httpRequests) as HttpRoute[];

/** The header in which a service token names the user whom it acts for. */
export const actAsHeader = 'seenby-act-as';

/** Whether a service token may call a route without that header, and whether nobody else may. */
export const isForServices = (route: HttpRoute): HttpRequestSchemas['services'] =>
  (httpRequests[route] as HttpRequestSchemas | undefined)?.services;

type Requests = typeof httpRequests;
type PathParameter = keyof typeof pathSchemas;

type PathOf<R extends string> = R extends `${string}{${infer P}}${infer Rest}`
  ? { [K in P & PathParameter]: z.output<(typeof pathSchemas)[K]> } & PathOf<Rest>
  : unknown;
type QueryOf<R extends HttpRoute> = Requests[R] extends { query: infer Q extends z.ZodMiniType }
  ? z.output<Q>
  : unknown;
type BodyOf<R extends HttpRoute> = Requests[R] extends { body: infer B extends z.ZodMiniType }
  ? z.output<B>
  : unknown;

/** What a route is called with: its path parameters, query and body in one. No two share a name. */
export type HttpInput<R extends HttpRoute> = PathOf<R> & QueryOf<R> & BodyOf<R>;

/** The names of a route's path parameters, in order. */
export const pathParametersOf = (route: HttpRoute): PathParameter[] =>
  [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as PathParameter);

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export function splitRoute(route: HttpRoute): { method: HttpMethod; path: string } {
  const [method, path] = route.split(' ') as [HttpMethod, string];
  return { method, path };
}
