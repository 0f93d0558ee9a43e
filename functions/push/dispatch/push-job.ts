import type { Connection } from '../../store/users/connections.ts';
import type { Post } from '../transport/connection-sender.ts';

/**
 * A frame to post, and what decides whether and when it is posted again. Whoever has left its group by
 * the time of a retry gets nothing.
 */
export interface PushJob extends Post {
  /** How often these connections have been tried before. */
  attempt: number;
  /** When the frame was made, in epoch milliseconds. */
  madeAt: number;
}

/** Counts of a group that are to be pushed when the job comes. */
export interface CountPushJob {
  groupId: string;
  /** Which of the group's pushes, in epoch milliseconds. */
  dueAt: number;
}

/** What waits in the queue of the push Lambda. */
export type QueuedJob = PushJob | CountPushJob;

/** Of the connections of a job, the ones that may still have its frame. MAY throw. */
export type StillEntitled = (job: PushJob) => Promise<readonly Connection[]>;
