import type { AddressInfo } from 'node:net';
import { systemClock } from './clock.ts';
import { openDemoSession } from './demo-session.ts';
import { seededRandom } from './random.ts';
import { createSimulatorServer } from './server.ts';
import { Simulation } from './simulation.ts';

/** Runs until its stdin closes, as it does when the process that started it is gone. */
function main(): void {
  const cloud = { httpUrl: required('SIMULATOR_HTTP_URL'), wsUrl: required('SIMULATOR_WS_URL') };
  const session = openDemoSession(cloud, systemClock, seededRandom(Date.now()));
  const simulation = new Simulation({ session, reportFault });
  const server = createSimulatorServer({ simulation, clock: systemClock, reportFault });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    console.log(JSON.stringify({ port }));
  });
  process.stdin.resume();
  process.stdin.once('close', () => {
    simulation.stop();
    process.exit();
  });
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; it names the cloud to play in.`);
  return value;
}

/** Not on stdout: the port is all that is to be read there. */
function reportFault(cause: unknown): void {
  console.error('simulator:', cause);
}

main();
