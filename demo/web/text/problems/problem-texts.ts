import type { SeenbyErrorCode } from '@seenby/client';

/** What somebody was doing when it went wrong: the same code then says more. */
export type Doing =
  | 'send'
  | 'createGroup'
  | 'addMembers'
  | 'changeRole'
  | 'handOver'
  | 'removeMember'
  | 'leave'
  | 'deleteGroup'
  | 'changeGroup'
  | 'changeProfile'
  | 'recall'
  | 'remind'
  | 'markUnread'
  | 'statistics'
  | 'memberStatistics'
  | 'play';

type PlainCode = Exclude<SeenbyErrorCode, 'RATE_LIMITED'>;

/** In one language: what every code means to somebody who knows none of them. */
export interface ProblemTexts {
  readonly any: Readonly<Record<PlainCode, string>>;
  readonly while: Readonly<Record<Doing, Readonly<Partial<Record<PlainCode, string>>>>>;
  /** With the time to wait, as in "45 seconds", where the service has said so. */
  tooOften(wait: string | undefined): string;
  /** A fault of the page itself. */
  readonly unexpected: string;
}
