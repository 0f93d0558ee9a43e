export const profile = {
  name: 'Your name, as others see it',
  picture: 'Address of your picture',
};

export const group = {
  loading: 'Loading the settings …',
  tracking: {
    receipts: {
      label: 'With receipts',
      hint: 'Members learn how many have read a message, who they are, and when.',
    },
    positions: {
      label: 'By position only',
      hint: 'Each member has their own unread count. Nobody learns what another has read.',
    },
  },
  trackingChanges: {
    receipts:
      'What was read before will count as read, without a time: what was private stays private.',
    positions: 'Ticks, counts and lists of readers disappear for everybody, at once.',
  },
  visibility: {
    members: { label: 'All members', hint: 'Of all messages.' },
    sender: { label: 'The sender', hint: 'Each member sees only those of their own messages.' },
    admins: {
      label: 'The sender, the owner and admins',
      hint: 'Members see only those of their own messages.',
    },
  },
  positionsStatement:
    'This chat keeps positions only: every member has their own unread count, and nobody sees who has read what. That is why there are no ticks, counts and statistics here.',
  kind: 'Kind',
  kinds: { group: 'Group', direct: 'Direct chat' },
  members: 'Members',
  created: 'Created',
  newcomers: 'New members see',
  history: (messages: number) =>
    messages === 0 ? 'only what comes' : `the last ${messages.toLocaleString('en')} messages`,
  ownRole: 'Your role',
};
