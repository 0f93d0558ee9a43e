import { people } from './members/en.ts';
import { problems } from './problems/en.ts';
import { group, profile } from './settings/en.ts';
import { simulation } from './simulator/en.ts';
import { statistics } from './statistics/en.ts';
import { voice } from './voice/en.ts';

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** Everything the page says, in English. The other languages have the same shape. */
export const en = {
  locale: 'en',
  languageName: 'English',
  chats: 'Chats',
  simulator: 'Simulator',
  back: 'Back',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  search: 'Search',
  connecting: 'Connecting …',
  pageFailed: 'The service cannot be reached. Is it running?',
  noGroups: 'No chats yet',
  noGroupsHint: 'Begin one, or open the simulator to watch hundreds read.',
  noChatFound: 'No chat has this name.',
  searchChats: 'Search chats',
  loadingChats: 'Loading chats …',
  nothingOpen: 'Nothing is open',
  chooseGroup: 'Choose a chat',
  chooseGroupHint: 'Its messages, and who has read them, appear here.',
  notInGroup: 'You are not in this chat.',
  notInGroupHint: 'It does not exist, or you are no member of it any more.',
  toChats: 'To the chats',
  skipToConversation: 'Skip to the conversation',
  broken: 'Something went wrong here',
  brokenHint: 'Nothing that was sent is lost. Trying again often helps; else reload the page.',
  offlineHint: 'The service cannot be reached. It is tried again by itself.',
  refused: 'The service does not accept your sign-in',
  refusedHint: 'It may have run out.',
  signInAgain: 'Sign in again',
  membersCount: (count: number) => `${count} ${plural(count, 'member', 'members')}`,
  you: 'You',
  signedInAs: (name: string) => `Signed in as ${name}`,

  newChat: 'New chat',
  newChatName: 'Name',
  newChatNameHint: 'Without one it is called after its members',
  nameSeparator: ', ',
  newChatKind: 'Kind',
  kindGroup: 'Group',
  kindDirect: 'Direct chat',
  create: 'Create',

  messages: 'Messages',
  message: 'Message',
  writeMessage: 'Write a message',
  send: 'Send',
  mention: 'Mention',
  newMessages: 'New messages',
  toFirstUnread: (count: number) => `${count} unread`,
  toNewest: 'To the newest message',
  toNewMessages: (count: number) => `To ${count} new ${plural(count, 'message', 'messages')}`,
  newCount: (count: number) => `${count} new`,
  loadingMessages: 'Loading messages …',
  messagesOffline: 'The messages cannot be loaded now',
  messagesRefused: 'You may not see these messages',
  beginningOf: (name: string) => `This is where ${name} begins.`,
  emptyTitle: 'Say hello',
  emptyHint:
    'Nobody has written here yet. You will see who has read your message, as they read it.',
  emptyHintPositions: 'Nobody has written here yet.',
  writeFirst: 'Write the first message',
  noMessagesYet: 'No messages yet',
  youWrote: 'You:',
  wrote: (name: string) => `${name}:`,
  copyText: 'Copy text',
  noReceiptsHere:
    'No receipts in this chat: each member has an unread count, and nobody learns what others have read.',
  typing: (names: readonly string[]) =>
    names.length > 2
      ? `${names.length} people are writing …`
      : `${names.join(' and ')} ${plural(names.length, 'is', 'are')} writing …`,
  recalled: 'This message was recalled',
  recall: 'Recall',
  recalledByYou: 'Message recalled',
  notRecalledYet: 'Not recalled yet. It is tried again by itself.',
  undo: 'Undo',
  markUnread: 'Mark unread from here',
  markRead: 'Mark as read',
  readingSuspended: 'Marked unread: nothing counts as read by looking at it.',
  details: 'Who has read it',
  moreActions: 'More',
  retry: 'Try again',
  discard: 'Discard',

  everyoneRead: (content: string) => `Everyone has read “${content}”.`,

  offline: 'Offline',
  reconnecting: 'Connecting …',
  queued: (messages: number, reads: number) => {
    const parts = [
      ...(messages > 0 ? [`${messages} ${plural(messages, 'message', 'messages')}`] : []),
      ...(reads > 0 ? [`reads in ${reads} ${plural(reads, 'chat', 'chats')}`] : []),
    ];
    return parts.length > 0 ? `${parts.join(' and ')} waiting to be sent.` : 'Nothing is lost.';
  },
  retryIn: (seconds: number) => `Next attempt in ${seconds} s.`,
  retryNow: 'Try now',

  receipts: 'Receipts',
  median: 'Median',
  p95: '95th percentile',
  reminder: (name: string | undefined, group: string) =>
    `${name ?? 'Somebody'} asks you to read a message in “${group}”.`,
  show: 'Show',

  settings: 'Settings',
  documentation: 'Documentation',
  groupSettings: 'Chat settings',
  language: 'Language',
  theme: 'Appearance',
  themeSystem: 'As the system',
  themeLight: 'Light',
  themeDark: 'Dark',
  readReceipts: 'Read receipts in direct chats',
  readReceiptsHint: 'Without them you do not see those of others either.',
  tracking: 'Reading is tracked',
  visibility: 'Who sees receipts',
  name: 'Name',
  onlyAdmins: 'The owner and admins can change this.',

  signIn: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  token: 'Token',
  tokenHint: (issuer: string) => `A JWT of ${issuer}. It stays in this tab.`,
  signOut: 'Sign out',

  signInProblems: {
    wrong: 'E-mail or password is not right.',
    unfinished: 'This account is not ready yet: it needs a new password or a confirmation first.',
    tooOften: 'That was too often in a short time. Try again in a few minutes.',
    unreachable: 'The sign-in cannot be reached. Are you online?',
    noToken: 'This is not a token. Copy all of it.',
  },
  problems,
  simulation,
  people,
  group,
  profile,
  statistics,
  voice,
};

export type Texts = typeof en;
