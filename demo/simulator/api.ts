import { idSchema } from '@seenby/protocol/ids/identifiers.ts';
import { z } from 'zod';

/** Everything that the simulator takes and answers, below `/dev/simulator`. */

const name = z.string().min(1).max(100);
const percentage = z.int().min(0).max(100);
const count = z.int().min(0);

/** `POST /welcome` makes a user a member of the demo group. */
export const welcomeSchema = z.strictObject({ userId: idSchema, name: name.optional() });

/** `PUT /load-group` starts a load group, in the place of the one before. */
export const loadGroupRequestSchema = z
  .strictObject({
    ownerId: idSchema,
    readerId: idSchema,
    members: z.int().min(5).max(500),
    fast: percentage,
    slow: percentage,
    offline: percentage,
    name: name.optional(),
    /** Whether the members write as well. */
    chatty: z.boolean().default(false),
  })
  .refine(({ fast, slow, offline }) => fast + slow + offline === 100, {
    message: 'fast, slow and offline must add to 100',
  });

/** What both of these answer. */
export const groupAnswerSchema = z.strictObject({ groupId: idSchema });

/** `DELETE /load-group` answers once every member has read everything. */
export const finishedAnswerSchema = z.strictObject({ members: count, lastSeq: count });

const loadGroupStateSchema = z.strictObject({
  groupId: idSchema,
  members: count,
  connected: count,
  /** Members of each profile. */
  profiles: z.strictObject({ fast: count, slow: count, offline: count }),
  /** Receipts given: a member who has read ten messages has given ten. */
  reads: count,
  lastSeq: count,
  phase: z.enum(['connecting', 'running', 'paused', 'stopping']),
});

const demoGroupStateSchema = z.strictObject({
  groupId: idSchema,
  members: count,
  connected: count,
  messages: count,
  phase: z.enum(['seeding', 'connecting', 'running', 'paused']),
});

/** `GET` answers the state, and `GET /events` sends it with every change. */
export const simulatorStateSchema = z.strictObject({
  loadGroup: z.nullable(loadGroupStateSchema),
  demoGroup: z.nullable(demoGroupStateSchema),
});

export type WelcomeRequest = z.infer<typeof welcomeSchema>;
export type LoadGroupRequest = z.infer<typeof loadGroupRequestSchema>;
/** As a caller gives it: what has a default may be left out. */
export type NewLoadGroup = z.input<typeof loadGroupRequestSchema>;
export type GroupAnswer = z.infer<typeof groupAnswerSchema>;
export type FinishedAnswer = z.infer<typeof finishedAnswerSchema>;
export type LoadGroupState = z.infer<typeof loadGroupStateSchema>;
export type DemoGroupState = z.infer<typeof demoGroupStateSchema>;
export type SimulatorState = z.infer<typeof simulatorStateSchema>;
