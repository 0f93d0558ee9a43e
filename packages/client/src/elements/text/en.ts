const messages = (n: number): string => (n === 1 ? '1 message' : `${n} messages`);
const members = (n: number): string => (n === 1 ? '1 member' : `${n} members`);

/** Every text of the elements, in English. */
export const en = {
  tickPending: 'Sending',
  tickFailed: 'Not sent',
  tickSent: 'Sent',
  tickDelivered: 'Delivered to all',
  tickRead: 'Read by all',
  readUnread: (read: number, unread: number): string => `Read ${read} · Unread ${unread}`,
  readByAll: 'Read by all',
  latestReaders: 'Latest readers',
  morePeople: (n: number): string => `and ${n} more`,
  nobodyYet: 'Nobody has read it yet',
  unreadMessages: (n: number): string => `${messages(n)} unread`,
  mentions: (n: number): string => (n === 1 ? '1 mentions you' : `${n} mention you`),
  readUpTo: 'Read up to here',
  readUpToHere: (names: string, more: number): string =>
    `Read up to here: ${names}${more > 0 ? ` and ${more} more` : ''}`,
  tabRead: 'Read',
  tabDelivered: 'Delivered',
  tabNotYet: 'Not yet',
  searchPeople: 'Search people',
  downloadCsv: 'Download as CSV',
  nobody: 'Nobody',
  noMatch: 'Nobody found',
  readAt: 'Read',
  deliveredAt: 'Delivered',
  playedAt: 'Played',
  notDelivered: 'Not delivered yet',
  timeUnknown: 'Time unknown',
  hasLeft: 'has left',
  unitMs: 'ms',
  unitSeconds: 's',
  unitMinutes: 'min',
  unitHours: 'h',
  unitDays: 'd',
  median: 'Median',
  p95: '95% within',
  readingOverTime: 'Reads over time',
  curveSummary: (read: number, total: number): string => `${read} of ${total} have read it`,
  afterTime: (after: string): string => `after ${after}`,
  notYetRead: (n: number): string => `${n} not yet`,
  remind: (n: number): string => `Remind ${members(n)}`,
  remindAgainIn: (time: string): string => `Remind again in ${time}`,
  reminded: (n: number, reached: number): string => {
    if (n === 0) return 'Everyone has read it.';
    if (reached === 0) return `Reminded ${members(n)}. Nobody is online: they will see it later.`;
    return `Reminded ${members(n)}, ${reached === 1 ? '1 device' : `${reached} devices`} at once.`;
  },
  remindFailed: 'The reminder was not sent. Try again.',
  remindTooSoon: 'A reminder was sent a moment ago.',
  loadingReaders: 'Loading …',
  receiptsPrivate: 'Who has read this message is private.',
  receiptsGone: 'This message is not there any more.',
  receiptsOffline: 'No connection. It is tried again by itself.',
};

/** All texts: each is a text, or makes one of numbers and names. */
export type Words = {
  [K in keyof typeof en]: (typeof en)[K] extends string ? string : (typeof en)[K];
};
