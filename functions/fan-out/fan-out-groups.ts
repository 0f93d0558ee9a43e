import pMap from 'p-map';
import { logFault } from '../runtime/log.ts';
import type { MemberChange } from '../stream/member-change.ts';
import type { FanOut } from './fan-out.ts';
import { fanOutChanges } from './fan-out-changes.ts';

/** Keeps the processor busy; more only makes each of them wait for the others. See docs/benchmarks.md. */
const groupsAtOnce = 30;

/**
 * Tells of the changes of each group. Answers the changes of the groups that failed: they hold up no other
 * one.
 */
export async function fanOutGroups(
  fanOut: FanOut,
  changes: readonly MemberChange[],
  concurrency = groupsAtOnce,
): Promise<MemberChange[]> {
  const groups = [...Map.groupBy(changes, ({ groupId }) => groupId)];
  const unhandled = await pMap(
    groups,
    async ([groupId, group]) => ((await fanOutGroup(fanOut, groupId, group)) ? [] : group),
    { concurrency },
  );
  return unhandled.flat();
}

async function fanOutGroup(
  fanOut: FanOut,
  groupId: string,
  changes: readonly MemberChange[],
): Promise<boolean> {
  try {
    await fanOutChanges(fanOut, groupId, changes);
    return true;
  } catch (error) {
    logFault('counts were not pushed', error, { groupId });
    return false;
  }
}
