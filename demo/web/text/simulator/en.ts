const number = (count: number): string => count.toLocaleString('en');

export const simulation = {
  intro:
    'Every face is a real client on a connection of its own. Start, and watch a message reach them.',
  live: 'Live',
  underTheHood: 'Under the hood',
  members: 'Members',
  pace: 'They read',
  paces: {
    burst: 'all at once',
    twentyPerSecond: '20 a second',
    onePerSecond: '1 a second',
    profiles: 'as people do',
  },
  shares: 'How people read',
  start: 'Start',
  again: 'Send another',
  stop: 'Stop, and let all read',
  reset: 'Reset',
  sees: { members: 'all members', sender: 'the sender', admins: 'sender and admins' },
  phases: {
    connecting: (connected: number, members: number) =>
      `${number(connected)} of ${number(members)} connected`,
    running: 'All are connected',
    paused: 'Paused, since nobody watched',
    stopping: 'Everyone reads the rest',
  },
  exact: (members: number) =>
    `Everyone has read everything: ${number(members)} of ${number(members)}.`,
  failed: 'The simulator could not do that. Is the service still running?',
  groupName: (members: number) => `A group of ${number(members)}`,
  firstMessage: 'Fire drill at three. Please confirm that you have read this 🔔',
  nextMessage: (n: number) => `Message № ${n}`,

  waiting: 'Nothing has been sent yet',
  readOf: (read: number, total: number) => `${number(read)} of ${number(total)} have read it`,
  receivedOf: (received: number) => `${number(received)} have it`,
  after: (time: string) => `after ${time}`,
  allRead: (total: number) => `Read by all ${number(total)}`,
  author: 'Author',
  reader: 'Reader (this page)',

  faces: 'Members',
  facesHint: 'Arrow keys go from face to face.',
  states: {
    away: 'not connected',
    connected: 'connected',
    received: 'has the message',
    read: 'has read it',
  },
  readAfter: (time: string) => `read it ${time} after it was sent`,
  legend: { connected: 'connected', received: 'has the message', read: 'has read it' },
  curve: 'Share of the members who have read the message, over time',
  curveRead: 'Read',
  curveReceived: 'Received',

  counters: 'What it takes',
  frames: 'Frames',
  writeUnits: 'Write units',
  dollars: 'Dollars',
  latency: 'To the author’s screen',
  seenby: 'Seenby',
  otherFrames: 'all told of every read',
  otherUnits: 'row per message and member',
  otherDollars: 'both of these',
  fewer: (times: string) => `${times} × fewer`,
  less: (times: string) => `${times} × less`,
  more: (times: string) => `${times} × more`,
  same: 'about the same',
  framesHow: 'Counted at all clients of the group, in and out. The other figure is computed.',
  unitsHow:
    'Measured at the local DynamoDB; the receipt log follows. The other figure is computed.',
  dollarsHow: 'Frames, write and read units at AWS’s prices, without Lambda and connection time.',
  latencyHow: (count: number) =>
    `From when the service stored it to when the author’s client here knew: ${number(count)} reads.`,
  median: 'median',
  p95: '95 %',
  noReads: 'No reads yet',
  ofMessages: (messages: number) =>
    messages === 1
      ? 'for this message'
      : `for ${messages} messages, of which not all were read by all`,
  whichFrames: 'Which frames',
  frameTypes: {
    new_message: 'message to a member',
    send_message: 'message from the author',
    mark_delivered: '“I have it”',
    mark_read: '“I have read it”',
    mark_read_confirmed: 'confirmed to the reader',
    read_status_update: 'reads and counts that are told',
    other: 'other',
  } as Readonly<Record<string, string>>,
  missing: 'The simulator runs beside the local service only (npm start).',
  fast: 'Fast readers',
  slow: 'Slow readers',
  away: 'Offline at times',
  panes: {
    intro:
      'The same chat as its author sees it and as a reader does. Cut a connection, repeat or reorder its frames: the counts stay right.',
    sendEvery: 'The author writes every 10 s',
    reader: 'Reader',
    cut: 'Disconnect',
    restore: 'Connect again',
    duplicate: 'Duplicate frames',
    reorder: 'Reorder frames',
    latency: 'From reading to the author’s screen',
    latencyReader: 'Reader’s frame to the author’s tick',
    latencyLoadGroup: 'Stored by the service to the author’s tick',
    latencyRow: (p50: string, p95: string, count: number) =>
      `median ${p50} · 95 % ${p95} · ${count} ${count === 1 ? 'receipt' : 'receipts'}`,
    noReceiptsYet: 'none yet',
  },
  sameMachine:
    'Service, members and this page share one machine. Nothing here was measured on AWS.',
};
