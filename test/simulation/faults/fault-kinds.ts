/**
 * What may go wrong, by the place where it does. A fault is armed by a step of the script and strikes at
 * the next request there, or some requests later: so each await of the code is reached by some seed.
 */
export const faultKinds = {
  /** A call to DynamoDB. The SDK repeats one that got no answer, or 429 and 5xx. */
  database: [
    'request lost',
    'answer lost',
    'throttled',
    'server error',
    'no answer to any attempt',
    'unprocessed',
    'slow',
    'crash before',
    'crash after',
  ],
  /** Reads that may be answered with what was there a moment before. */
  read: ['of before'],
  /** A frame posted to a connection. */
  post: ['410', '429', 'failed', 'answer lost', 'slow', 'stuck', 'crash before', 'crash after'],
  /** A connection that is to be closed. */
  close: ['failed'],
  /** A job sent to the push queue. */
  queue: ['refused', 'answer lost', 'crash before', 'crash after', 'twice'],
  /** A function that has done its work, and whose end nobody hears of: before the checkpoint of a batch. */
  end: ['crash'],
  /** A batch of the stream. */
  batch: ['twice', 'previous again', 'reordered', 'late', 'in two shards'],
  /** A request or frame of a client, and its answer. */
  client: ['request lost', 'answer lost', 'twice', 'late'],
  /** A connection that ends: API Gateway tells if it can. */
  disconnect: ['not told'],
  /** An object that goes to the archive, an event that goes to the bus. */
  archive: ['refused'],
  bus: ['refused'],
} as const;

/** Those after which a push that was to follow from a write may never be made. */
const losingPushes = new Set([
  ...['database: no answer to any attempt', 'database: crash before', 'database: crash after'],
  ...['post: crash before', 'post: crash after', 'queue: crash before', 'queue: crash after'],
  'end: crash',
  // Whoever connected a moment ago is not found.
  'read: of before',
]);

/** What a script may arm, as `place: kind`. */
export const faultsOf = (place: Place, losesPushes: boolean): string[] =>
  faultKinds[place]
    .map((kind) => `${place}: ${kind}`)
    .filter((fault) => losesPushes || !losingPushes.has(fault));

export type Place = keyof typeof faultKinds;
export type FaultKind<P extends Place = Place> = (typeof faultKinds)[P][number];

export const places = Object.keys(faultKinds) as Place[];
