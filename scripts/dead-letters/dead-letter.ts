import { z } from 'zod';

const sequenceNumber = z.string().regex(/^\d{1,40}$/);

/** What Lambda puts into the queue of a stream mapping: where the records are, and whose they were. */
const letterSchema = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  DDBStreamBatchInfo: z.object({
    streamArn: z.string(),
    shardId: z.string(),
    startSequenceNumber: sequenceNumber,
    endSequenceNumber: sequenceNumber,
    batchSize: z.int(),
    approximateArrivalOfFirstRecord: z.string(),
  }),
});

/** What a function puts there that could not read records: the records. */
const heldSchema = z.object({
  requestContext: letterSchema.shape.requestContext,
  records: z.array(z.looseObject({})),
});

export type DeadLetter = z.infer<typeof letterSchema>;
export type HeldRecords = z.infer<typeof heldSchema>;

/** Undefined for a message that is something else. */
export function readLetter(body: string): DeadLetter | HeldRecords | undefined {
  try {
    return z.union([letterSchema, heldSchema]).safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** Without the name of an alias or a version. */
export const functionOf = ({ requestContext }: DeadLetter): string =>
  requestContext.functionArn.split(':').slice(0, 7).join(':');
