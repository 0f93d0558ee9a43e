import { idSchema } from '@seenby/protocol/ids/identifiers.ts';
import { z } from 'zod';

/** Everything that the simulator takes and answers, below `/dev/simulator`. */

const name = z.string().min(1).max(100);
const percentage = z.int().min(0).max(100);
const count = z.int().min(0);

/** `POST /welcome` makes a user a member of the demo group in a language. */
export const welcomeSchema = z.strictObject({
  userId: idSchema,
  name: name.optional(),
  language: z.enum(['en', 'zh']).default('en'),
});

/** When members read: `profiles`, each as the shares of the request say; else all at once, or so many a second. */
const paceSchema = z.union([
  z.enum(['profiles', 'burst']),
  z.strictObject({ readsPerSecond: z.number().min(0.1).max(100) }),
]);

/** `PUT /load-group` starts a load group, in the place of the one before. */
export const loadGroupRequestSchema = z
  .strictObject({
    ownerId: idSchema,
    readerId: idSchema,
    members: z.int().min(4).max(500),
    fast: percentage,
    slow: percentage,
    offline: percentage,
    name: name.optional(),
    /** Whether the members write as well. */
    chatty: z.boolean().default(false),
    pace: paceSchema.default('profiles'),
    visibility: z.enum(['members', 'sender', 'admins']).default('members'),
  })
  .refine(({ fast, slow, offline }) => fast + slow + offline === 100, {
    message: 'fast, slow and offline must add to 100',
  });

/** `PATCH /load-group` changes when the members read. */
export const loadGroupChangeSchema = z.strictObject({ pace: paceSchema });

/** What these answer. */
export const groupAnswerSchema = z.strictObject({ groupId: idSchema });

/** `DELETE /load-group` answers once every member has read everything. */
export const finishedAnswerSchema = z.strictObject({ members: count, lastSeq: count });

/** `GET /load-group/members` answers all of them, in the order of their states. */
export const membersAnswerSchema = z.strictObject({
  members: z.array(z.strictObject({ userId: idSchema, name: z.string() })),
});

const loadGroupStateSchema = z.strictObject({
  groupId: idSchema,
  members: count,
  connected: count,
  /** Have the group on the screen, and are told of counts. */
  watching: count,
  pace: paceSchema,
  /** Members of each profile. */
  profiles: z.strictObject({ fast: count, slow: count, offline: count }),
  /** Receipts given: a member who has read ten messages has given ten. */
  reads: count,
  lastSeq: count,
  /**
   * A letter for each member: `-` not connected, `c` connected, `d` the newest message has come to the device,
   * `r` it has been read there.
   */
  states: z.string().regex(/^[-cdr]*$/),
  /** Frames that the members' clients have sent and received so far, by type. */
  frames: z.record(z.string(), count),
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
/** As a caller gives it. */
export type NewMember = z.input<typeof welcomeSchema>;
export type LoadGroupRequest = z.infer<typeof loadGroupRequestSchema>;
/** As a caller gives it: what has a default may be left out. */
export type NewLoadGroup = z.input<typeof loadGroupRequestSchema>;
export type Pace = z.infer<typeof paceSchema>;
export type MembersAnswer = z.infer<typeof membersAnswerSchema>;
export type GroupAnswer = z.infer<typeof groupAnswerSchema>;
export type FinishedAnswer = z.infer<typeof finishedAnswerSchema>;
export type LoadGroupState = z.infer<typeof loadGroupStateSchema>;
export type DemoGroupState = z.infer<typeof demoGroupStateSchema>;
export type SimulatorState = z.infer<typeof simulatorStateSchema>;
