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
  MemberPosition,
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
export type { GroupChange, ReaderQuery } from './extras/requests.ts';
export { GroupHandle } from './groups/group-handle.ts';
export type { GroupSnapshot } from './groups/group-snapshot.ts';
export type { LiveState, LiveStatus, LiveStore } from './live/live-store.ts';
export type { GroupMember, Members } from './live/members.ts';
export type { PageQuery } from './live/page-query.ts';
export type { Positions } from './live/positions.ts';
export type { Reader, Readers, ReadersStore } from './live/readers.ts';
export type {
  DayStats,
  GroupStats,
  MemberStats,
  MemberStatsPage,
  ReadStats,
  StatsSpan,
} from './live/statistics.ts';
export type { SeenbyStorage } from './pending/seenby-storage.ts';
export type { ReceiptOthers } from './receipts/others.ts';
export type { ReceiptCounts } from './receipts/receipt-tracker.ts';
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
