import { seeded, seedOf } from '../seeded.ts';
import type { Fault, Story } from '../story.ts';

const minLatencyMs = 10;
const spreadMs = 70;
const maxLateMs = 4000;

/** What becomes of each frame and request, by its name: removing a step disturbs the rest little. */
export class Faults {
  /** Those that were drawn. */
  readonly applied: Record<string, Fault> = {};
  isHealed = false;
  readonly #story: Story;

  constructor(story: Story) {
    this.#story = story;
  }

  latencyMs(name: string): number {
    return minLatencyMs + Math.floor(seeded(seedOf(this.#story.seed, name))() * spreadMs);
  }

  of(name: string, kind: 'frame' | 'request'): Fault | undefined {
    if (this.isHealed) return undefined;
    const fault = this.#story.faults ? this.#story.faults[name] : this.#draw(name, kind);
    if (fault !== undefined) this.applied[name] = fault;
    return fault;
  }

  #draw(name: string, kind: 'frame' | 'request'): Fault | undefined {
    const random = seeded(seedOf(this.#story.seed + 1, name));
    const drawn = random();
    if (drawn > 0.97) return Math.floor(random() * maxLateMs);
    if (this.#story.weather === 'calm') return undefined;
    if (drawn < 0.03) return 'lost';
    if (drawn < 0.06) return 'twice';
    return drawn < 0.09 && kind === 'request' ? 'answer lost' : undefined;
  }
}
