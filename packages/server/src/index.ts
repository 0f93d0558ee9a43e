/** Seenby for backends: a chat that exists already keeps its groups and members in step, and has receipts. */
export type {
  CountedMessage,
  CountRange,
  Group,
  GroupKind,
  GroupStatus,
  LastMessage,
  Member,
  MemberPage,
  MemberPosition,
  Message,
  MessageStatus,
  MessageType,
  OwnState,
  PositionPage,
  Profile,
  Receipt,
  ReceiptKind,
  ReceiptLine,
  ReceiptPage,
  Reminder,
  Role,
  Tracking,
  Visibility,
} from '@seenby/protocol/entities.ts';
export type { ErrorCode } from '@seenby/protocol/errors.ts';
export type {
  MemberChanged,
  MessageRead,
  MessageReminded,
  MessageSent,
  SeenbyEvent,
} from '@seenby/protocol/events/service-events.ts';
export type {
  ActingUser,
  HistoryQuery,
  MarkTarget,
  NewMessage,
  PageQuery,
  ReaderQuery,
} from './acting-user.ts';
export { type ClientCredentials, clientCredentials } from './client-credentials.ts';
export { type LocalTokenClaims, localToken } from './local-token.ts';
export type { Surroundings } from './requests.ts';
export { SeenbyError, type SeenbyErrorCode } from './seenby-error.ts';
export {
  type MemberChanges,
  type NewGroup,
  SeenbyServer,
  type ServerOptions,
} from './seenby-server.ts';
export {
  type EventRefusal,
  type EventRefusalReason,
  type FetchHeaders,
  type NodeHeaders,
  type RequestHeaders,
  type VerifiedEvent,
  type VerifyOptions,
  verifyEvent,
} from './verify-event.ts';
