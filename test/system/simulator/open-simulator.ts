import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type SimulatorState, simulatorStateSchema } from '../../../demo/simulator/api.ts';
import { systemClock } from '../../../demo/simulator/clock.ts';
import { openDemoSession } from '../../../demo/simulator/demo-session.ts';
import type { Scale } from '../../../demo/simulator/people/demo-members.ts';
import { seededRandom } from '../../../demo/simulator/random.ts';
import { createSimulatorServer } from '../../../demo/simulator/server.ts';
import { Simulation } from '../../../demo/simulator/simulation.ts';
import { service } from '../../support/wire/service.ts';

/** A simulator in this process, in front of the cloud under test. */
export async function openSimulator(scale: Scale) {
  const faults: unknown[] = [];
  const reportFault = (cause: unknown) => void faults.push(cause);
  const session = openDemoSession(service, systemClock, seededRandom(20_260_115));
  const simulation = new Simulation({ session, scale, reportFault });
  const server = createSimulatorServer({ simulation, clock: systemClock, reportFault });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dev/simulator`;
  return {
    url,
    faults,
    call: (method: string, path: string, body?: unknown) => call(url, method, path, body),
    close: async () => {
      simulation.stop();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function call(url: string, method: string, path: string, body?: unknown) {
  const response = await fetch(url + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The states that the event stream tells, until one is looked for. */
export async function stateWhen(
  url: string,
  isIt: (state: SimulatorState) => boolean,
): Promise<SimulatorState> {
  const controller = new AbortController();
  const response = await fetch(`${url}/events`, { signal: controller.signal });
  let text = '';
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        if (!event.startsWith('data: ')) continue;
        const state = simulatorStateSchema.parse(JSON.parse(event.slice('data: '.length)));
        if (isIt(state)) return state;
      }
    }
  } finally {
    controller.abort();
  }
  throw new Error('the event stream ended');
}

/** Has somebody watch, so that the members do not rest, until what it returns is called. */
export function watch(url: string): () => void {
  const controller = new AbortController();
  const drain = async () => {
    const response = await fetch(`${url}/events`, { signal: controller.signal });
    for await (const _ of response.body ?? []);
  };
  drain().catch(() => {});
  return () => controller.abort();
}
