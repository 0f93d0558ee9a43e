import type { Simulation } from './simulation.ts';

const pollMs = 1000;
/** A job whose Lambda died is shown again a minute later, five times; requests are repeated for as long. */
const maxSettleMs = 45 * 60_000;

/** All faults end, everyone is online, and all that was begun comes to its end. */
export async function settle(simulation: Simulation): Promise<void> {
  const { service, devices, time, findings } = simulation;
  service.faults.heal();
  for (const device of devices.values()) device.line.goOnline();
  const until = time.clock() + maxSettleMs;
  const all = [...devices.values()];
  const isSettled = () =>
    simulation.underWay === 0 && service.isIdle && all.every((device) => device.isSettled);
  // Twice: what one of them did may have set off others.
  for (let quiet = 0; quiet < 2 && time.clock() < until; ) {
    await time.wait(pollMs);
    quiet = isSettled() ? quiet + 1 : 0;
  }
  findings.check('PU1 all comes to its end', isSettled(), () => {
    const unsettled = all.filter((device) => !device.isSettled).map((device) => device.describe());
    return `${unsettled.join()} ${simulation.underWay} idle ${service.isIdle}`;
  });
}
