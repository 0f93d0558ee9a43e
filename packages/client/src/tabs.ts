import type { GroupTabMessage } from './read-state/reading-session.ts';
import type { Channel, Environment } from './transport/environment.ts';
import type { ReceivedFrame } from './transport/websocket-transport.ts';

/** What the tabs of a user tell each other. */
export type TabMessage =
  | GroupTabMessage
  /** A push, for tabs that have no connection at the moment. */
  | { kind: 'pushed'; frame: ReceivedFrame };

/** The tabs in which the same user uses the same service. */
export class Tabs {
  readonly #host: Environment;
  readonly #received: (message: TabMessage) => void;
  #channel: Channel | undefined;

  constructor(host: Environment, received: (message: TabMessage) => void) {
    this.#host = host;
    this.#received = received;
  }

  open(name: string): void {
    this.close();
    this.#channel = this.#host.openChannel(name, (message) =>
      this.#received(message as TabMessage),
    );
  }

  send(message: TabMessage): void {
    this.#channel?.post(message);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
