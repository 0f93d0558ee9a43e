/**
 * Which changes of the table a stream consumer is called for, as Lambda's filter patterns. Lambda
 * does not bill for a record that no pattern matches; the patterns of one consumer are joined by or.
 */
export interface StreamFilter {
  readonly eventName: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  readonly dynamodb: {
    readonly Keys: { readonly pk: KeyPattern; readonly sk?: KeyPattern };
    readonly NewImage?: Readonly<
      Record<string, { readonly S: readonly [{ readonly exists: true }] }>
    >;
  };
}

interface KeyPattern {
  readonly S: readonly (string | { readonly prefix: string })[];
}

const inGroup: KeyPattern = { S: [{ prefix: 'G#' }] };

/** A member joined, left, or read. */
export const memberChanged: StreamFilter = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { pk: inGroup, sk: { S: [{ prefix: 'U#' }] } } },
};

/** A message was stored. Only message rows have a type of their own. */
export const messageStored: StreamFilter = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { pk: inGroup }, NewImage: { messageType: { S: [{ exists: true }] } } },
};

/** Members were reminded. */
export const remindersNoted: StreamFilter = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { pk: inGroup, sk: { S: ['REMINDERS'] } } },
};
