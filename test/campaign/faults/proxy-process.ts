import { serveCommands } from '../../../bench/processes/child.ts';
import { seededRandom } from '../../../demo/simulator/random.ts';
import type { DoneFaults } from './faulty-link.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import type { NetworkFault } from './plan.ts';

let proxy: FaultyProxy | undefined;

const running = (): FaultyProxy => {
  if (!proxy) throw new Error('the proxy has not been started');
  return proxy;
};

/** The proxy in a process of its own, so that nothing else slows what passes. */
const commands = {
  async start(input: { targetPort: number; seed: number }): Promise<number> {
    proxy = await FaultyProxy.start(input.targetPort, seededRandom(input.seed));
    return proxy.port;
  },

  async begin(fault: NetworkFault): Promise<void> {
    running().begin(fault);
  },

  async heal(): Promise<void> {
    running().heal();
  },

  async done(): Promise<DoneFaults> {
    return running().done;
  },
};

export type ProxyCommands = typeof commands;

serveCommands(commands, async () => proxy?.close());
