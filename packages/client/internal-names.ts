/**
 * Properties that only the SDK's own parts see: short in what is published. None may be in a frame, in
 * an answer, in what is stored or told to other tabs, or in what the package exports; the build checks
 * the last.
 */
export const internalNames = [
  ...[
    'acknowledge',
    'arrived',
    'attempts',
    'between',
    'cancel',
    'catchUp',
    'checks',
    'confirmAhead',
  ],
  ...['countAt', 'doubt', 'establish', 'expectFrom', 'explain', 'fetched', 'finish', 'firstSeq'],
  ...[
    'gaplessUpTo',
    'gatherMs',
    'hasContent',
    'hasReceived',
    'heartbeat',
    'intervalMs',
    'isAuthor',
    'isForMe',
  ],
  ...['isConnected', 'isDue', 'isGone', 'isInDoubt', 'isPlaced', 'isRecalled', 'isRefused'],
  ...['isSuspended', 'isTold', 'isWaiting', 'keepFrom', 'lastReceivedAt', 'leave'],
  ...['loaded', 'missing', 'nextDueAt', 'noteLastSeq', 'noteTurns', 'onEnd', 'onFrame', 'onStatus'],
  ...['openIds', 'openedAt', 'outbox', 'ownState', 'pending', 'putBack', 'readElsewhere'],
  ...[
    'readTracker',
    'receiptOf',
    'recount',
    'renew',
    'renewLater',
    'restart',
    'resume',
    'sendToTabs',
  ],
  ...['statesTaken', 'stop', 'stopped', 'subscription', 'takeDue', 'takeFromTab', 'takeSettings'],
  ...['session', 'timeline', 'parts', 'emit', 'tracker', 'forget', 'atHand', 'leftMs', 'hear'],
  ...['applyReceipts', 'applyCounts', 'hasRead', 'tokens', 'settle', 'take', 'keep'],
  ...['hold', 'takeOver', 'adopt', 'missed', 'skip', 'wake', 'drop'],
  ...['takeStatus', 'takeUnread', 'tracksDelivery', 'turned', 'typists', 'unsent'],
  ...['confirmed', 'deliveries', 'http', 'note', 'forgetNewest', 'show'],
  ...['statuses', 'subscribed', 'tell', 'typed', 'untold', 'outdate'],
  ...['apply', 'count', 'host', 'nearestBelow', 'open', 'sent', 'stopAll'],
  ...['standing'],
] as const;
