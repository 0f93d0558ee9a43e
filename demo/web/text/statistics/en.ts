const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);
const number = (count: number): string => count.toLocaleString('en');

export const statistics = {
  title: 'Statistics',
  loading: 'Counting …',
  span: 'Time',
  days: (days: number) => `${days} days`,
  readRate: 'Read',
  readRateHint: 'of what could be read',
  median: 'Median time to read',
  average: 'Average',
  messages: 'Messages',
  activeReaders: 'Readers',
  perDay: 'Per day',
  showing: 'Show',
  byRate: 'Messages and how much of them was read',
  byDelay: 'Median time to read',
  metric: { readRate: 'Read', delay: 'Time to read' },
  dayIs: (day: string, messages: number, rate: string, median: string) =>
    messages === 0
      ? `${day}: no messages`
      : `${day}: ${number(messages)} ${plural(messages, 'message', 'messages')}, ${rate} read, median ${median}`,
  utc: 'Days are those of UTC.',
  nothing: 'Nothing was written in this time.',
  noDelay: 'none read',

  perMember: 'Per member',
  onlyLeaders: 'Only the owner and admins see how each member reads.',
  columns: {
    name: 'Member',
    messages: 'Could read',
    readRate: 'Read',
    averageReadDelayMs: 'Average time to read',
    lastReadAt: 'Last read',
  },
  never: 'not yet',
  page: (from: number, to: number, of: number) => `${number(from)}–${number(to)} of ${number(of)}`,
  previous: 'Previous page',
  next: 'Next page',
  soFar: (members: number) => `${number(members)} so far …`,
  download: 'Download CSV',

  hiddenTitle: 'There are no statistics for you here',
  hiddenBy: {
    positions:
      'This chat keeps positions only: nobody sees who has read what, so nothing is counted.',
    sender:
      'In this chat only the sender sees who has read a message. Figures over all messages would show more.',
    admins:
      'In this chat only the sender, the owner and admins see who has read a message. Figures over all messages are for the owner and admins.',
    members: 'This chat does not show you who has read its messages.',
  },
};
