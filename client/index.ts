export type {
  CountRange,
  Counts,
  Group,
  GroupKind,
  GroupStatus,
  LastMessage,
  Message,
  MessageStatus,
  MessageType,
  Receipt,
  ReceiptKind,
  ReceiptLine,
  Role,
  Tracking,
  Visibility,
} from '../protocol/entities.ts';
export type { Off } from './emitter.ts';
export type { Channel, Environment, PageEvent, Socket, SocketHandlers } from './environment.ts';
export type { ClientEvents, ConnectionStatus, GroupEvents } from './events.ts';
export type {
  GroupChange,
  Member,
  MemberPage,
  ReaderPage,
  ReaderQuery,
} from './group-answers.ts';
export { GroupHandle } from './group-handle.ts';
export type { GroupSnapshot } from './group-snapshot.ts';
export type { SeenbyStorage } from './marks-store.ts';
export type {
  FailedMessage,
  HistoryPage,
  HistoryQuery,
  PendingMessage,
  SendOptions,
  SendOutcome,
  SentMessage,
  ShownMessage,
} from './messages.ts';
export {
  type ClientSnapshot,
  type NewGroup,
  SeenbyClient,
  type SeenbyClientOptions,
} from './seenby-client.ts';
export { SeenbyError, type SeenbyErrorCode } from './seenby-error.ts';
export type { GetToken } from './tokens.ts';
export type { ReceiptCounts } from './tracker.ts';
