import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import type { Random } from '../../../demo/simulator/random.ts';
import { type DoneFaults, FaultyLink } from './faulty-link.ts';
import type { NetworkFault } from './plan.ts';

/** Stands between two processes and hands on what they say to each other, unless it is told to do worse. */
export class FaultyProxy {
  readonly done: DoneFaults = {
    ...{ connections: 0, resets: 0, silenced: 0 },
    ...{ delayedChunks: 0, slowedChunks: 0, lostReplies: 0 },
  };
  readonly #links = new Set<FaultyLink>();
  readonly #random: Random;
  readonly #server: Server;
  #fault: NetworkFault | undefined;

  static async start(targetPort: number, random: Random): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(targetPort, random);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  private constructor(targetPort: number, random: Random) {
    this.#random = random;
    this.#server = createServer((client) => {
      this.done.connections += 1;
      const link = new FaultyLink(client, connect(targetPort, '127.0.0.1'), {
        ...{ random, done: this.done, fault: () => this.#fault },
        closed: (closed) => this.#links.delete(closed),
      });
      this.#links.add(link);
      if (this.#fault === 'reset' && this.#random() < 0.5) link.reset();
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on; the connections that are there suffer at once from a reset or from silence. */
  begin(fault: NetworkFault): void {
    this.#fault = fault;
    if (fault === 'reset') for (const link of [...this.#links]) link.reset();
    if (fault === 'half-open') for (const link of this.#links) link.silence();
  }

  /** What is new passes as it should. Connections that fell silent stay so: their ends have to notice. */
  heal(): void {
    this.#fault = undefined;
  }

  async close(): Promise<void> {
    for (const link of [...this.#links]) link.reset();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
