import type { ProblemTexts } from './problem-texts.ts';

export const problems: ProblemTexts = {
  any: {
    BAD_REQUEST: 'That did not work. Reload the page and try again.',
    BAD_CURSOR: 'The list has changed in the meantime. Open it again.',
    UNAUTHORIZED: 'You are not signed in any more. Sign in again.',
    TOKEN_EXPIRED: 'Your sign-in has run out. Sign in again.',
    FORBIDDEN: 'Your role in this chat does not allow that.',
    NOT_FOUND: 'That is not here any more, or you are not in this chat any more.',
    CONFLICT: 'That exists already.',
    TOO_MANY: 'That is too much at once.',
    INTERNAL: 'The service had a problem. Try again in a moment.',
    OFFLINE: 'There is no connection. Try again when you are online.',
    TIMEOUT: 'The service did not answer in time. Check whether it was done, then try again.',
    CLOSED: 'The page was closing. Try again.',
    NO_TOKEN: 'You could not be signed in. Try again in a moment.',
    TOO_OLD: 'This has waited for more than a day and was not sent.',
  },
  while: {
    send: {
      BAD_REQUEST: 'This message is too long to be sent. Make it shorter.',
      NOT_FOUND: 'You are not in this chat any more.',
      CONFLICT: 'Another message was sent in its place. Discard this one and write it again.',
      TOO_MANY: 'This message mentions too many people.',
      TOO_OLD: 'This message has waited for more than a day and was not sent.',
    },
    createGroup: {
      BAD_REQUEST:
        'Check who is in it: a direct chat has exactly one other person, and an id has no spaces.',
      CONFLICT: 'There is such a chat already.',
      TOO_MANY: 'A chat has 5,000 members at most.',
    },
    addMembers: {
      BAD_REQUEST: 'This person cannot be added. A direct chat stays with its two people.',
      FORBIDDEN: 'Only the owner and admins can add people.',
      TOO_MANY: 'A chat has 5,000 members at most.',
    },
    changeRole: {
      FORBIDDEN: 'You can change the role of people below your own role only.',
      NOT_FOUND: 'This person is not in the chat any more.',
    },
    handOver: {
      FORBIDDEN: 'Only the owner can hand the chat over.',
      NOT_FOUND: 'This person is not in the chat any more.',
    },
    removeMember: {
      BAD_REQUEST: 'A direct chat stays with its two people.',
      FORBIDDEN: 'You can remove people below your own role only.',
      NOT_FOUND: 'This person is not in the chat any more.',
    },
    leave: {
      BAD_REQUEST: 'Nobody can leave a direct chat.',
      FORBIDDEN: 'The owner cannot leave. Hand the chat over first.',
      NOT_FOUND: 'You are not in this chat any more.',
    },
    deleteGroup: {
      FORBIDDEN: 'Only the owner can delete this chat.',
      NOT_FOUND: 'This chat is gone already.',
    },
    changeGroup: {
      BAD_REQUEST: 'Give the chat a name of up to 100 characters.',
      FORBIDDEN: 'Only the owner and admins can change this.',
      NOT_FOUND: 'You are not in this chat any more.',
    },
    changeProfile: {
      BAD_REQUEST: 'A name has up to 100 characters, and a picture is an address with https.',
    },
    recall: {
      FORBIDDEN: 'Only its author, admins and the owner can recall this message.',
      NOT_FOUND: 'This message is not here any more.',
      TOO_MANY: 'Too many messages of this chat are recalled already.',
    },
    remind: {
      FORBIDDEN: 'You cannot remind others of this message.',
      NOT_FOUND: 'This message is not here any more.',
    },
    markUnread: {
      NOT_FOUND: 'This message is not here any more.',
      TOO_MANY: 'This message is too far back to mark from it.',
    },
    statistics: {
      FORBIDDEN: 'This chat does not show you who has read its messages, so you see no statistics.',
      NOT_FOUND: 'You are not in this chat any more.',
      TOO_MANY: 'There is too much to count in this time. Choose fewer days.',
    },
    memberStatistics: {
      FORBIDDEN: 'Only the owner and admins see how each member reads.',
      NOT_FOUND: 'You are not in this chat any more.',
      TOO_MANY: 'There is too much to count in this time. Choose fewer days.',
    },
    play: {
      NOT_FOUND: 'This message is not here any more.',
    },
  },
  tooOften: (wait) =>
    wait === undefined
      ? 'That was too often in a short time. Try again in a moment.'
      : `That was too often in a short time. Try again in ${wait}.`,
  unexpected: 'Something went wrong on this page. Try again, or reload it.',
};
