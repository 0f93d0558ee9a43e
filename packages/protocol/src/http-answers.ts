import * as z from 'zod/mini';
import {
  countedMessageSchema,
  countRangeSchema,
  groupSchema,
  groupStatusFields,
  groupStatusSchema,
  memberPageSchema,
  messageSchema,
  positionPageSchema,
  profileSchema,
  rangeSchema,
  receiptPageSchema,
  roleSchema,
  shownProfileFields,
} from './entities.ts';
import { problemSchema } from './error-schemas.ts';
import type { HttpRoute } from './http-requests.ts';
import { idSchema } from './ids/identifiers.ts';
import {
  countSchema,
  durationMsSchema,
  nextSchema,
  positionSchema,
  timeSchema,
  versionSchema,
} from './scalars.ts';
import { markDeliveredFields, markReadFields, markUnreadFields } from './server-frames.ts';

const messageAnswer = z.strictObject({ message: messageSchema });
const settings = z.strictObject({ readReceipts: z.boolean() });
const markedRead = z.strictObject(markReadFields);
const refusedGroup = z.strictObject({ groupId: idSchema, error: problemSchema });

const statisticsFields = {
  messages: countSchema,
  readRate: z.number().check(z.gte(0), z.lte(1)),
  averageReadDelayMs: durationMsSchema,
  medianReadDelayMs: durationMsSchema,
  activeReaders: countSchema,
};

const memberStatistics = z
  .strictObject({
    userId: idSchema,
    ...shownProfileFields,
    messages: countSchema.check(z.describe('Of others, that were theirs to read.')),
    read: countSchema,
    readRate: statisticsFields.readRate,
    averageReadDelayMs: durationMsSchema,
    lastReadAt: z.exactOptional(timeSchema),
  })
  .register(z.globalRegistry, { id: 'MemberStatistics' });

const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/));

const syncedGroup = z
  .strictObject({
    ...groupStatusFields,
    counts: z.exactOptional(z.array(countRangeSchema)),
    recalled: z.exactOptional(z.array(rangeSchema)),
    version: versionSchema,
  })
  .register(z.globalRegistry, { id: 'SyncedGroup' });

/** What every route answers when it does what was asked, by HTTP status. */
export const httpAnswers = {
  'POST /groups': { 201: groupSchema },
  'GET /groups/{groupId}': { 200: groupSchema },
  'PATCH /groups/{groupId}': { 200: groupSchema },
  'DELETE /groups/{groupId}': { 200: groupSchema },
  'GET /groups/{groupId}/members': { 200: memberPageSchema },
  'POST /groups/{groupId}/members': { 200: z.strictObject({ added: z.array(idSchema) }) },
  'PATCH /groups/{groupId}/members/{userId}': {
    200: z.strictObject({ groupId: idSchema, userId: idSchema, role: roleSchema }),
  },
  'DELETE /groups/{groupId}/members/{userId}': {
    200: z.strictObject({ groupId: idSchema, userId: idSchema }),
  },
  'GET /groups/{groupId}/messages': {
    200: z.strictObject({ messages: z.array(countedMessageSchema), lastSeq: positionSchema }),
  },
  'POST /groups/{groupId}/messages': { 200: messageAnswer, 201: messageAnswer },
  'DELETE /groups/{groupId}/messages/{seq}': { 200: messageAnswer },
  'GET /groups/{groupId}/messages/{seq}/receipts': { 200: receiptPageSchema },
  'POST /groups/{groupId}/messages/{seq}/remind': {
    200: z.strictObject({
      reminded: countSchema,
      reached: countSchema.check(z.describe('Connections that are told now.')),
    }),
  },
  'POST /groups/{groupId}/read': { 200: markedRead },
  'POST /groups/{groupId}/delivered': { 200: z.strictObject(markDeliveredFields) },
  'POST /groups/{groupId}/unread': { 200: z.strictObject(markUnreadFields) },
  'GET /groups/{groupId}/receipts': {
    200: z.strictObject({ version: versionSchema, counts: z.array(countRangeSchema) }),
  },
  'GET /groups/{groupId}/positions': { 200: positionPageSchema },
  'GET /groups/{groupId}/stats': {
    200: z.strictObject({
      ...statisticsFields,
      perDay: z.array(z.strictObject({ day, ...statisticsFields })),
    }),
  },
  'GET /groups/{groupId}/stats/members': {
    200: z.strictObject({ members: z.array(memberStatistics), next: nextSchema }),
  },
  'GET /me/unread': {
    200: z.strictObject({ totalUnreadCount: countSchema, groups: z.array(groupStatusSchema) }),
  },
  'POST /me/read': {
    200: z.strictObject({ groups: z.array(z.union([markedRead, refusedGroup])) }),
  },
  'GET /me/sync': {
    200: z.strictObject({
      changedCount: countSchema,
      groups: z.array(syncedGroup),
      removedGroupIds: z.array(idSchema),
      next: z.string().check(z.minLength(1), z.maxLength(2048)),
      reset: z.exactOptional(z.literal(true)),
    }),
  },
  'GET /me/stats': {
    200: z.strictObject({
      totalMessages: countSchema,
      readMessages: countSchema,
      unreadMessages: countSchema,
      averageReadDelayMs: durationMsSchema,
    }),
  },
  'GET /me/settings': { 200: settings },
  'PUT /me/settings': { 200: settings },
  'PUT /me/profile': { 200: profileSchema },
  'POST /groups/{groupId}/notifications': { 202: z.strictObject({ groupId: idSchema }) },
  'PUT /users/{userId}': { 200: profileSchema },
  'DELETE /users/{userId}': {
    202: z.strictObject({
      remaining: countSchema.check(
        z.describe('Groups left to do: send the request again until 0.'),
      ),
    }),
  },
} satisfies Record<HttpRoute, Record<number, z.ZodMiniType>>;

type Answers = typeof httpAnswers;

/** The statuses that a route answers with when it does what was asked. */
export type StatusOf<R extends HttpRoute> = R extends HttpRoute ? keyof Answers[R] : never;

/** The body of a route's answer. */
export type AnswerOf<R extends HttpRoute> = R extends HttpRoute
  ? { [Status in keyof Answers[R]]: z.infer<Answers[R][Status]> }[keyof Answers[R]]
  : never;

export type CountsAnswer = AnswerOf<'GET /groups/{groupId}/receipts'>;
export type GroupStatistics = AnswerOf<'GET /groups/{groupId}/stats'>;
export type Statistics = Omit<GroupStatistics, 'perDay'>;
export type OwnStatistics = AnswerOf<'GET /me/stats'>;
export type MessagePage = AnswerOf<'GET /groups/{groupId}/messages'>;
export type SyncAnswer = AnswerOf<'GET /me/sync'>;
export type SyncedGroup = SyncAnswer['groups'][number];
export type UnreadOverview = AnswerOf<'GET /me/unread'>;
