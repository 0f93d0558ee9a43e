import { setTimeout as realWait } from 'node:timers/promises';
import { dayMs } from '@seenby/core/day.ts';
import type { GroupState } from '@seenby/core/group.ts';
import { retentionFloor } from '@seenby/core/retention.ts';
import { Budgets } from '../limits/budgets.ts';
import type { Clock, Timing } from '../runtime/timing.ts';
import { Activity } from '../store/activity.ts';
import { Announcements } from '../store/announcements.ts';
import { CountPushStore } from '../store/count-pushes.ts';
import { CountSnapshots } from '../store/count-snapshots.ts';
import { GroupCreations } from '../store/create-groups.ts';
import type { Table } from '../store/dynamodb/table.ts';
import { Groups } from '../store/groups.ts';
import { Members } from '../store/members.ts';
import { AuthorBlocks } from '../store/messages/author-blocks.ts';
import { AuthorIndex } from '../store/messages/author-index.ts';
import { Messages } from '../store/messages/messages.ts';
import { Reminders } from '../store/messages/reminders.ts';
import { SentMessages } from '../store/messages/sent-messages.ts';
import { ReceiptLog } from '../store/receipt-log.ts';
import { StoredStatistics } from '../store/stored-statistics.ts';
import { Connections } from '../store/users/connections.ts';
import { Departures } from '../store/users/departures.ts';
import { Erasures } from '../store/users/erasures.ts';
import { Profiles } from '../store/users/profiles.ts';
import { StoredBudgets } from '../store/users/stored-budgets.ts';
import { SyncSnapshots } from '../store/users/sync-snapshots.ts';
import { SettingsOfUsers } from '../store/users/user-settings.ts';

/** Who acts: the identity comes from the token alone. */
export interface Caller {
  userId: string;
  name?: string | undefined;
  /** The connection a frame came by; none over HTTP. */
  connectionId?: string | undefined;
  /** A backend acts for them: what keeps single users from harming others does not hold. */
  isService?: true;
}

/** A backend that acts for nobody. No user has this id, so it is a member of nothing. */
export const serviceItself: Caller = { userId: '', isService: true };

/** All that a use case works with. Times are epoch milliseconds. */
export interface Service {
  groups: Groups;
  creations: GroupCreations;
  members: Members;
  messages: Messages;
  authors: AuthorIndex;
  authorBlocks: AuthorBlocks;
  sent: SentMessages;
  connections: Connections;
  countSnapshots: CountSnapshots;
  countPushes: CountPushStore;
  receiptLog: ReceiptLog;
  reminders: Reminders;
  departures: Departures;
  snapshots: SyncSnapshots;
  settings: SettingsOfUsers;
  profiles: Profiles;
  erasures: Erasures;
  activity: Activity;
  announcements: Announcements;
  statistics: StoredStatistics;
  budgets: Budgets;
  clock: Clock;
  /** From 0 up to 1. */
  random: () => number;
  wait: Timing['wait'];
  /** No two are the same. */
  newId: () => string;
  retentionDays: number;
  /**
   * Of the table: another one after a restore, and in another region. What clients know from before may be
   * of a time that this table has not seen.
   */
  epoch: string;
}

export interface ServiceOptions {
  table: Table;
  /** Where a service has one table for good it may be left out. */
  epoch?: string;
  retentionDays: number;
  clock: Clock;
  random: () => number;
  newId: () => string;
  /** Before a write that others came before is tried again. */
  wait?: Timing['wait'];
}

export function createService({
  table,
  epoch = 'one',
  retentionDays,
  clock,
  random,
  newId,
  wait = realWait,
}: ServiceOptions): Service {
  const messages = new Messages(table, retentionDays);
  const authorBlocks = new AuthorBlocks(table, retentionDays);
  return {
    groups: new Groups(table, retentionDays),
    creations: new GroupCreations(table),
    members: new Members(table, { random, wait }),
    messages,
    authors: new AuthorIndex(messages, authorBlocks),
    authorBlocks,
    sent: new SentMessages(table),
    connections: new Connections(table, clock),
    countSnapshots: new CountSnapshots(table),
    countPushes: new CountPushStore(table),
    receiptLog: new ReceiptLog(table, retentionDays),
    reminders: new Reminders(table),
    departures: new Departures(table, (retentionDays + 1) * dayMs),
    snapshots: new SyncSnapshots(table, retentionDays * dayMs),
    settings: new SettingsOfUsers(table),
    profiles: new Profiles(table, clock),
    erasures: new Erasures(table),
    announcements: new Announcements(table),
    activity: new Activity(table, retentionDays),
    statistics: new StoredStatistics(table),
    budgets: new Budgets(new StoredBudgets(table), clock),
    clock,
    random,
    wait,
    newId,
    retentionDays,
    epoch,
  };
}

/** The last seq of the group that retention no longer shows. */
export const floorOf = (service: Service, group: GroupState): number =>
  retentionFloor(group.periods, group.lastSeq, service.clock(), service.retentionDays);
