const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);
const number = (count: number): string => count.toLocaleString('en');

export const people = {
  title: 'Members',
  members: (count: number) => `${number(count)} ${plural(count, 'member', 'members')}`,
  online: (count: number) => `${number(count)} online`,
  isOnline: 'Online',
  isOffline: 'Offline',
  direct: 'Direct chat',
  openMembers: 'Show members',
  search: 'Search members',
  loading: 'Loading the members …',
  noneMatches: (typed: string) => `Nobody here is called “${typed}”.`,
  notLoaded: 'The members cannot be shown now.',
  roles: { owner: 'Owner', admin: 'Admin', member: 'Member' },
  you: 'You',
  actionsFor: (name: string) => `What to do with ${name}`,
  actions: {
    makeAdmin: 'Make admin',
    makeMember: 'Make an ordinary member',
    handOver: 'Hand the chat over',
    remove: 'Remove from the chat',
    leave: 'Leave the chat',
  },
  deleteGroup: 'Delete the chat',

  add: 'Add people',
  addTitle: 'Add people',
  addSearch: 'Name or user id',
  addHint: 'People of your other chats are found by name. Anybody else is added by their user id.',
  addId: (id: string) => `Add the user id “${id}”`,
  noSuchId: 'A user id has no spaces, and only letters, digits and _ . @ | : + = ~ ! $ -',
  isMember: 'is a member',
  chosen: (count: number) => `${number(count)} chosen`,
  takeAway: (name: string) => `Do not add ${name}`,
  asAdmin: 'Add as admins',
  seesHistory: (messages: number) =>
    messages === 0
      ? 'They see what is written from now on.'
      : `They see up to ${number(messages)} of the last messages, and have them unread.`,
  addCount: (count: number) =>
    count === 0 ? 'Add' : `Add ${number(count)} ${plural(count, 'person', 'people')}`,
  allThere: 'They are members already.',

  confirm: {
    remove: {
      title: (name: string) => `Remove ${name}?`,
      says: (name: string) => [
        `${name} loses this chat at once, on all devices.`,
        'What they have read stays counted, and names them as somebody who has left.',
        'What they have not read does not count them any more.',
        'If they are added again, they begin anew.',
      ],
      action: 'Remove',
    },
    leave: {
      title: () => 'Leave this chat?',
      says: () => [
        'The chat goes from your list at once, on all your devices.',
        'Others still see what you have read, marked as somebody who has left.',
        'Only the owner or an admin can add you again. You then begin anew.',
      ],
      action: 'Leave',
    },
    handOver: {
      title: (name: string) => `Make ${name} the owner?`,
      says: (name: string) => [
        `${name} can then change, remove and delete everything here, this chat included.`,
        'You become an admin. Only the new owner can hand the chat back.',
      ],
      action: 'Hand over',
    },
    deleteGroup: {
      title: (name: string) => `Delete “${name}”?`,
      says: (_name: string, members: number) => [
        `The chat ends at once for ${members > 1 ? `all ${number(members)} members` : 'you'}.`,
        'Its messages and receipts cannot be seen by anybody any more.',
        'This cannot be undone.',
      ],
      action: 'Delete',
    },
  },
};
