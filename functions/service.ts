import type { GroupState } from '../core/group.ts';
import { retentionFloor } from '../core/retention.ts';
import { Activity } from './store/activity.ts';
import { Connections } from './store/connections.ts';
import { Departures } from './store/departures.ts';
import { Groups } from './store/groups.ts';
import { History } from './store/history.ts';
import { Members } from './store/members.ts';
import { Messages } from './store/messages.ts';
import { SentMessages } from './store/sent-messages.ts';
import { StoredStatistics } from './store/stored-statistics.ts';
import type { Table } from './store/table.ts';
import { SettingsOfUsers } from './store/user-settings.ts';

/** Who acts: the identity comes from the token alone. */
export interface Caller {
  userId: string;
  name?: string | undefined;
  /** The connection a frame came by; none over HTTP. */
  connectionId?: string | undefined;
}

/** All that a use case works with. Times are epoch milliseconds. */
export interface Service {
  groups: Groups;
  members: Members;
  messages: Messages;
  sent: SentMessages;
  connections: Connections;
  history: History;
  departures: Departures;
  settings: SettingsOfUsers;
  activity: Activity;
  statistics: StoredStatistics;
  clock: () => number;
  /** From 0 up to 1. */
  random: () => number;
  newId: () => string;
  retentionDays: number;
}

export interface ServiceOptions {
  table: Table;
  retentionDays: number;
  clock: () => number;
  random: () => number;
  newId: () => string;
}

export function createService({
  table,
  retentionDays,
  clock,
  random,
  newId,
}: ServiceOptions): Service {
  return {
    groups: new Groups(table, retentionDays),
    members: new Members(table, random),
    messages: new Messages(table, retentionDays),
    sent: new SentMessages(table),
    connections: new Connections(table, clock),
    history: new History(table, retentionDays),
    departures: new Departures(table, (retentionDays + 1) * 86_400_000),
    settings: new SettingsOfUsers(table),
    activity: new Activity(table, retentionDays),
    statistics: new StoredStatistics(table),
    clock,
    random,
    newId,
    retentionDays,
  };
}

/** The last seq of the group that retention no longer shows. */
export const floorOf = (service: Service, group: GroupState): number =>
  retentionFloor(group.steps, group.lastSeq, service.clock(), service.retentionDays);
