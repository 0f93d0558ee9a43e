/** What a request does with items; it deletes in batches only, and never scans. */
export const requestActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/** The fan-out reads counts, and forgets connections that turn out to be gone. */
export const fanOutActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/** A push asks before it tries again, and forgets the connections that turn out to be gone. */
export const pushActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/** History is written and never read back. */
export const recorderActions = ['dynamodb:BatchWriteItem'];

/** Reading is told to the bus only where it is not private: the group says so. */
export const eventActions = ['dynamodb:GetItem'];

/** The nightly count reads everything of a group, and writes what it found. */
export const dailyActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];
