/** What is loaded once there is a connection, or with its first use. */
export { turn } from '../live/live.ts';
export { groupStats as stats } from '../live/sources/group-stats.ts';
export { connected, createGroup, setReadReceipts } from './connected.ts';
export {
  addMembers,
  changeRole,
  deleteGroup as delete,
  getGroup as get,
  listMembers,
  listReaders,
  remindUnread,
  removeMember,
  updateGroup as update,
} from './management.ts';
export { markPlayed } from './played.ts';
export { restart } from './restart.ts';
export { type, typistsOf } from './typists.ts';
