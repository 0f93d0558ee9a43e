import type { VirtualTime } from '../../../support/time/virtual-time.ts';
import type { ItemWrite, Replica } from './replica.ts';

const pollMs = 1;
const minLagMs = 100;

/**
 * Replicates the writes of each region to the other, as a global table does that is eventually consistent: the
 * items of a partition in their order, those of another one earlier or later, a transaction not as a whole.
 */
export class GlobalTable {
  /** Writes that another region had a newer one of. */
  overruled = 0;
  readonly #time: VirtualTime;
  readonly #replicas: readonly Replica[];
  readonly #spreadMs: number;
  readonly #random: () => number;
  readonly #isolated = new Set<string>();
  readonly #cutOff = new Set<string>();
  /** When the last write of a partition of a region arrives elsewhere. */
  readonly #arrivals = new Map<string, number>();
  #held: ItemWrite[] = [];
  #underWay = 0;
  #isOver = false;

  constructor(
    time: VirtualTime,
    replicas: readonly Replica[],
    { spreadMs, random }: { spreadMs: number; random: () => number },
  ) {
    this.#time = time;
    this.#replicas = replicas;
    this.#spreadMs = spreadMs;
    this.#random = random;
    this.#poll();
  }

  /** A region is cut off from the others: what is written there waits. */
  isolate(region: string): void {
    this.#collect();
    this.#isolated.add(region);
  }

  /** It is back: what waited arrives now, with the time at which it was written. */
  rejoin(region: string): void {
    this.#isolated.delete(region);
    for (const write of this.#held.splice(0)) this.#send(write);
  }

  /** It is a replica no more: what has not arrived by now never does. */
  cutOff(region: string): void {
    this.#cutOff.add(region);
    this.#held = this.#held.filter((write) => write.region !== region);
  }

  async drained(): Promise<void> {
    do await this.#time.wait(pollMs * 2);
    while (this.#underWay > 0);
  }

  stop(): void {
    this.#isOver = true;
  }

  #poll(): void {
    if (this.#isOver) return;
    this.#collect();
    this.#time.after(pollMs, () => this.#poll());
  }

  #collect(): void {
    for (const replica of this.#replicas) {
      for (const write of replica.ownWrites(this.#time.now)) this.#send(write);
    }
  }

  #send(write: ItemWrite): void {
    const { region, partition } = write;
    if (this.#isolated.has(region)) return void this.#held.push(write);
    const way = `${region} ${partition}`;
    const lagMs = minLagMs + Math.floor(this.#random() * this.#spreadMs);
    const arrivesAt = Math.max(this.#arrivals.get(way) ?? 0, this.#time.now + lagMs);
    this.#arrivals.set(way, arrivesAt);
    this.#underWay += 1;
    this.#time.after(arrivesAt - this.#time.now, () => this.#arrive(write));
  }

  #arrive(write: ItemWrite): void {
    this.#underWay -= 1;
    if (this.#cutOff.has(write.region)) return;
    // It is on its way still when its region is lost.
    if (this.#isolated.has(write.region)) return void this.#held.push(write);
    for (const replica of this.#replicas) {
      if (replica.region === write.region || this.#cutOff.has(replica.region)) continue;
      // What that region has written by now is stamped first.
      this.#collect();
      if (!replica.take(write)) this.overruled += 1;
    }
  }
}
