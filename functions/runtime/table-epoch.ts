import { createHash } from 'node:crypto';
import { required } from './required-environment.ts';

const characters = 12;

/**
 * A short text for the table that this deployment works on: another one for every table that was ever made, in
 * any region, though it has the name and the rows of one before. It tells nobody what the table is called.
 */
export const tableEpoch = (streamArn = required('tableStreamArn')): string =>
  createHash('sha256').update(streamArn).digest('base64url').slice(0, characters);
