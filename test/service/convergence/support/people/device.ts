import type { Channel } from '../../../../../packages/client/src/transport/environment.ts';
import type { VirtualTime } from '../../../../support/time/virtual-time.ts';

const betweenTabsMs = 3;

interface Listener {
  name: string;
  isOpen: boolean;
  received: (message: unknown) => void;
}

/** What the tabs of one browser share: its storage, its clock, its way to the network. */
export class Device {
  isOffline = false;
  /** By how much its clock is fast. */
  skewMs = 0;
  readonly #time: VirtualTime;
  readonly #stored = new Map<string, string>();
  readonly #listeners = new Set<Listener>();

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  readonly storage = {
    getItem: (key: string): string | null => this.#stored.get(key) ?? null,
    setItem: (key: string, value: string): void => void this.#stored.set(key, value),
    removeItem: (key: string): void => void this.#stored.delete(key),
  };

  openChannel(name: string, received: (message: unknown) => void): Channel {
    const own: Listener = { name, received, isOpen: true };
    this.#listeners.add(own);
    return {
      post: (message) => this.#post(own, structuredClone(message)),
      close: () => {
        own.isOpen = false;
        this.#listeners.delete(own);
      },
    };
  }

  #post(from: Listener, message: unknown): void {
    for (const listener of this.#listeners) {
      if (listener === from || listener.name !== from.name) continue;
      this.#time.after(betweenTabsMs, () => {
        if (listener.isOpen) listener.received(message);
      });
    }
  }
}
