import type { FarEnd } from '../world/gateway.ts';
import type { SimulatedService } from '../world/simulated-service.ts';
import { Requests } from './requests.ts';

/** When a client notices that its connection is dead. */
const noticedMs = 30_000;
const reconnectMs = 1000;
const frameMs = 5;
const maxLateMs = 3000;

export interface LineOwner extends FarEnd {
  /** Asks for all that it shows. False when it could not, and another connection is needed. */
  catchUp(isSame: () => boolean): Promise<boolean>;
}

/** A device's connection to the service: whenever it ends, another one comes. */
export class Line {
  readonly requests: Requests;
  readonly #service: SimulatedService;
  readonly #owner: LineOwner;
  #connectionId: string | undefined;
  #isOnline = false;
  #connecting: Promise<void> | undefined;

  constructor(service: SimulatedService, owner: LineOwner) {
    this.#service = service;
    this.#owner = owner;
    this.requests = new Requests(service, {
      userId: owner.userId,
      send: (text) => this.#connectionId !== undefined && this.#send(text),
      noAnswer: () => {
        this.leave('half');
        this.connect();
      },
    });
  }

  get isConnected(): boolean {
    return this.#connectionId !== undefined && this.#connecting === undefined;
  }

  goOnline(): void {
    this.#isOnline = true;
    if (this.#connectionId === undefined) this.connect();
  }

  goOffline(how: 'clean' | 'half'): void {
    this.#isOnline = false;
    this.leave(how);
  }

  /** The connection is gone; another one comes as soon as the device notices. */
  cut(how: 'clean' | 'half'): void {
    this.leave(how);
    this.#service.time.after(how === 'clean' ? 0 : noticedMs, () => this.connect());
  }

  /** The service has ended it. */
  closed(): void {
    this.#forget();
    this.connect();
  }

  leave(how: 'clean' | 'half'): void {
    const connectionId = this.#forget();
    if (connectionId !== undefined) this.#service.gateway.leave(connectionId, how);
  }

  connect(): void {
    if (!this.#isOnline || this.#connecting) return;
    this.#connecting = this.#untilConnected().finally(() => {
      this.#connecting = undefined;
      if (this.#isOnline && this.#connectionId === undefined) this.connect();
    });
  }

  #forget(): string | undefined {
    const connectionId = this.#connectionId;
    this.#connectionId = undefined;
    this.requests.disconnected();
    return connectionId;
  }

  #send(text: string): void {
    const { gateway, faults, time } = this.#service;
    const connectionId = this.#connectionId ?? '';
    const fault = faults.strike('client');
    if (fault === 'request lost') return;
    const delayMs = fault === 'late' ? time.below(maxLateMs) : frameMs;
    time.after(delayMs, () => gateway.frame(connectionId, text));
    if (fault === 'twice') time.after(2 * delayMs, () => gateway.frame(connectionId, text));
    if (fault === 'answer lost') this.requests.loseAnswer();
  }

  async #untilConnected(): Promise<void> {
    const { time, gateway } = this.#service;
    while (this.#isOnline) {
      await time.wait(50 + time.below(reconnectMs));
      const connectionId = await gateway.connect(this.#owner);
      if (connectionId === undefined) continue;
      if (!this.#isOnline) {
        gateway.leave(connectionId, 'clean');
        return;
      }
      this.#connectionId = connectionId;
      this.requests.connected();
      if (await this.#owner.catchUp(() => this.#connectionId === connectionId)) return;
      this.leave('clean');
    }
  }
}
