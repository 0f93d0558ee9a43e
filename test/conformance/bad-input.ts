import type { ErrorCode } from '../../protocol/errors.ts';
import { badContents } from './bad-contents.ts';
import { badIdentifiers } from './bad-identifiers.ts';
import { badShapes } from './bad-shapes.ts';
import { badTargets } from './bad-targets.ts';

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

/** Everything that must be refused with the protocol's code and write nothing. */
export const badInputs: readonly BadInput[] = [
  ...badShapes,
  ...badIdentifiers,
  ...badContents,
  ...badTargets,
];
