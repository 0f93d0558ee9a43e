import type { Step } from './script.ts';
import { settle } from './settle.ts';
import type { Simulation } from './simulation.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const outageMs = 25 * 3_600_000;

type Event = (simulation: Simulation, step: Step) => Promise<void>;

/** Nobody is there for so long. */
async function away(simulation: Simulation, ms: number): Promise<void> {
  const { devices, time } = simulation;
  for (const device of devices.values()) device.line.goOffline('clean');
  await time.wait(ms);
  for (const device of devices.values()) device.line.goOnline();
}

/** What befalls the service as a whole; it is over before the next step. */
export const befall: Readonly<Record<string, Event>> = {
  'let minutes pass': async ({ time }, { at = 0 }) => time.wait(at * 5 * minuteMs),
  'let a day pass': (simulation, { at = 0.5 }) => away(simulation, (0.5 + at) * dayMs),
  'run maintenance': async ({ service }) => void service.maintain(),
  'delete what expired': async ({ service }) => service.expire(),
  'split the shard': async ({ service }) => {
    service.recorder.split();
    service.fanOut.split();
  },
  deploy: async ({ service }) => {
    service.faults.note('deployment');
    service.deploy();
  },
  /** [FA1] The stream keeps a day; what was written before that is never handled. */
  'stream outage': async (simulation) => {
    const { service, time } = simulation;
    service.faults.note('stream: outage of 25 hours');
    service.recorder.goOut();
    service.fanOut.goOut();
    await time.wait(minuteMs);
    await away(simulation, outageMs);
    service.recorder.comeBack();
    service.fanOut.comeBack();
  },
  /** The table as it was some time before, half a minute of writes being lost. */
  restore: async (simulation) => {
    const { service, time, acknowledged, rows } = simulation;
    service.faults.note('point-in-time restore');
    const items = service.table.items();
    const at = time.clock();
    await time.wait(minuteMs / 2);
    acknowledged.loseAfter(at);
    service.restore(items);
    rows.beginWith(items);
    // Whoever asks anything over a connection from before has it ended, and begins anew.
    for (const device of simulation.devices.values()) {
      device.isBehindRestore = true;
      device.heartbeat();
    }
    await settle(simulation);
  },
};
