import { setTimeout as wait } from 'node:timers/promises';
import type { Child } from '../../bench/processes/child.ts';
import { checkScreen } from './checker/check-screens.ts';
import type { Finding } from './checker/finding.ts';
import type { StoredGroup } from './checker/stored-group.ts';
import type { CloudHost } from './parts/cloud-host.ts';
import type { WatchedScreen } from './people/screen-watch.ts';
import type { SdkCommands } from './people/sdk-process.ts';

/** Clients notice a silent connection, come back with growing pauses, and have what the faults kept from being sent. */
const settleTimeoutMs = 900_000;
/** Counts of older messages may come so late. */
const countsTimeoutMs = 330_000;
const lookEveryMs = 3000;

/** How the clients came to show what is stored. */
export interface Healing {
  /** When the last one of them came to it. */
  screens: Omit<WatchedScreen, 'screen'>[];
  findings: Finding[];
}

interface Around {
  cloud: CloudHost;
  sdk: Child<SdkCommands>;
  fetchAll: () => Promise<StoredGroup[]>;
  say: (line: string) => void;
}

/** Nobody does anything more. Waits until all screens show what fresh clients are answered, or time is up. */
export async function waitForTruth({ cloud, sdk, fetchAll, say }: Around): Promise<{
  stored: StoredGroup[];
  healing: Healing;
}> {
  let busy: WatchedScreen[] = [];
  await until(settleTimeoutMs, async () => {
    busy = (await sdk.call('screens')).filter(({ isSettled }) => !isSettled);
    if (busy.length > 0) say(`${busy.length} clients are coming back or have something to tell`);
    return busy.length === 0;
  });
  // What is read while clients go on is of no one moment.
  if (busy.length > 0) throw new Error(`${busy.length} clients have still something to tell`);
  await cloud.process.call('drained');
  say('Reading what is stored');
  const stored = await fetchAll();
  let screens: WatchedScreen[] = [];
  await until(countsTimeoutMs, async () => {
    screens = await sdk.call('screens');
    return findingsOf(screens, stored).length === 0;
  });
  const findings = findingsOf(screens, stored);
  const healing = { screens: screens.map(({ screen: _, ...times }) => times), findings };
  return { stored, healing };
}

function findingsOf(screens: readonly WatchedScreen[], stored: readonly StoredGroup[]): Finding[] {
  return screens.flatMap(({ screen }) => {
    const group = stored.find(({ groupId }) => groupId === screen.groupId);
    if (!group) throw new Error(`nothing was fetched of ${screen.groupId}`);
    return checkScreen(group, screen);
  });
}

/** At least one look, however little time is left. */
async function until(timeoutMs: number, isSo: () => Promise<boolean>): Promise<void> {
  const startMs = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startMs > timeoutMs) return;
    await wait(lookEveryMs);
  }
}
