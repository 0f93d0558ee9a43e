/** Chances of everything that may go wrong, from 0 to 1, for as long as it lasts. */
export const chances = {
  /** A request to DynamoDB fails, or its answer is lost, the SDK's own retries included. */
  requestFails: 0.01,
  answerLost: 0.01,
  /** A Lambda dies before or after one of its first requests or posts. */
  crash: 0.06,
  queueFails: 0.02,
  postFails: 0.06,
  postRefused: 0.04,
  postAnswerLost: 0.04,
  /** A frame that is under way for up to a second: others overtake it. */
  postSlow: 0.08,
  /** A client stops reading for some seconds. */
  getsStuck: 0.02,
  closeFails: 0.05,
  disconnectLost: 0.5,
  /** A batch in two halves side by side, as if its group had been split over two shards. */
  splitBatch: 0.2,
} as const;

export class Chaos {
  isOn = true;
  readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  happens(what: keyof typeof chances): boolean {
    return this.random() < chances[what] && this.isOn;
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  pick<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }
}
