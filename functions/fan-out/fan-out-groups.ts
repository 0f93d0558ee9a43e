import { logFault } from '../runtime/log.ts';
import { Semaphore } from '../runtime/semaphore.ts';
import type { MemberChange } from '../stream/member-change.ts';
import { type FanOut, pushCounts } from './push-counts.ts';

/**
 * Pushes the counts of each group that changed. `maxConcurrentGroups` are worked on at a
 * time, beside those that wait for their turn. Answers the changes of the groups that failed: they hold up no other one.
 */
export async function fanOutGroups(
  fanOut: FanOut,
  changes: readonly MemberChange[],
  maxConcurrentGroups: number,
): Promise<MemberChange[]> {
  const permits = new Semaphore(maxConcurrentGroups);
  const wait = async (ms: number): Promise<void> => {
    permits.release();
    await fanOut.wait(ms);
    await permits.acquire();
  };
  const groups = [...Map.groupBy(changes, ({ groupId }) => groupId)];
  const unhandled = await Promise.all(
    groups.map(async ([groupId, group]) => {
      await permits.acquire();
      const isDone = await fanOutGroup({ ...fanOut, wait }, groupId, group);
      permits.release();
      return isDone ? [] : group;
    }),
  );
  return unhandled.flat();
}

async function fanOutGroup(
  fanOut: FanOut,
  groupId: string,
  changes: readonly MemberChange[],
): Promise<boolean> {
  try {
    await pushCounts(fanOut, groupId, changes);
    return true;
  } catch (error) {
    logFault('counts were not pushed', error, { groupId });
    return false;
  }
}
