export type { Range } from '@seenby/core/ranges/range-set.ts';
export type {
  CountRange,
  Counts,
  Group,
  GroupKind,
  GroupStatus,
  LastMessage,
  Member,
  MemberPage,
  Message,
  MessageStatus,
  MessageType,
  Receipt,
  ReceiptKind,
  ReceiptLine,
  ReceiptPage,
  ReceiptState,
  Reminder,
  Role,
  Tracking,
  Visibility,
} from '@seenby/protocol/entities.ts';
export type { ErrorCode } from '@seenby/protocol/errors.ts';
export type { NewGroup, SeenbyClientOptions } from './client-options.ts';
export type { ClientSnapshot } from './client-snapshot.ts';
export { GroupHandle } from './groups/group-handle.ts';
export type { GroupChange, ReaderQuery } from './groups/group-requests.ts';
export type { GroupSnapshot } from './groups/group-snapshot.ts';
export type { SeenbyStorage } from './pending/seenby-storage.ts';
export type { ReceiptCounts, ReceiptOthers } from './receipts/receipt-tracker.ts';
export { SeenbyClient } from './seenby-client.ts';
export type { ClientEvents, GroupEvents, RemovalReason } from './session/events.ts';
export type {
  FailedMessage,
  HistoryPage,
  HistoryQuery,
  PendingMessage,
  SendOptions,
  SendOutcome,
  SentMessage,
  ShownMessage,
  Unsent,
} from './timeline/messages.ts';
export type { ConnectionStatus } from './transport/connection-status.ts';
export type { Off } from './transport/emitter.ts';
export type {
  Channel,
  Environment,
  PageEvent,
  Socket,
  SocketHandlers,
} from './transport/environment.ts';
export { SeenbyError, type SeenbyErrorCode } from './transport/seenby-error.ts';
export type { GetToken } from './transport/tokens.ts';
