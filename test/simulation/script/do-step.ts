import { actions } from '../people/actions.ts';
import type { Device } from '../people/device.ts';
import { befall } from './events.ts';
import type { Step } from './script.ts';
import type { Simulation } from './simulation.ts';

/** Does what a step says; what takes people time goes on beside the next steps. */
export async function doStep(simulation: Simulation, step: Step): Promise<void> {
  await simulation.time.wait(step.afterMs);
  simulation.steps++;
  if (step.do === 'fault') {
    simulation.service.faults.arm(step.to ?? '', step.skip ?? 0);
    return;
  }
  const event = befall[step.do];
  if (event) return event(simulation, step);
  const device = simulation.devices.get(step.by ?? '') as Device;
  const action = actions[step.do];
  if (!action) throw new Error(`there is no action ${step.do}`);
  simulation.begin(action({ simulation, device, groupId: step.group ?? 'team', step }));
}
