import type { ErrorCode } from '@seenby/protocol/errors.ts';

/** What the bad input is aimed at: a group with three text messages, and one of other people. */
export interface Target {
  groupId: string;
  foreignId: string;
}

/** One wrong thing, said over one or both transports. Text goes out as it is. */
export interface BadInput {
  title: string;
  code: ErrorCode;
  frame?: (target: Target) => object | string;
  request?: (target: Target) => [method: string, path: string, body?: object | string];
}
