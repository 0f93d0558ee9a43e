import type {
  Socket,
  SocketHandlers,
} from '../../../../../packages/client/src/transport/environment.ts';
import type { VirtualTime } from '../../../../support/time/virtual-time.ts';
import type { Faults } from './faults.ts';
import { shortened } from './hello.ts';
import type { Line, Service } from './line.ts';
import { expiryOf, userIdOf } from './tokens.ts';

export interface Link {
  name: string;
  line: Line;
  token: string;
  handlers: SocketHandlers;
  socket: Service['socket'];
  time: VirtualTime;
  faults: Faults;
}

/** When API Gateway notices that nobody is at the other end of a connection. */
const noticedMs = 30_000;
const brokenOff = 1006;

/** A WebSocket whose frames go through a network that may do anything with them. */
export class LinkedSocket implements Socket {
  readonly #link: Link;
  #isOpenHere = true;
  /** Whether anything passes. */
  #isLinked = true;
  #sent = 0;
  #received = 0;

  constructor(link: Link) {
    this.#link = link;
  }

  open(): void {
    const { name, time, handlers, socket, token } = this.#link;
    time.after(this.#latencyMs('open'), async () => {
      const isExpired = expiryOf(token) <= time.now;
      const isIn =
        !isExpired &&
        (await socket.connect(name, {
          ...{ userId: userIdOf(token), tokenExpiresAt: expiryOf(token), connectedAt: time.now },
          receive: (text) => this.#post(text),
          closed: () => this.#endHere(1000),
        }));
      time.after(this.#latencyMs('opened'), () => {
        if (!isIn || !this.#isLinked) this.#endHere(brokenOff);
        else this.#arrive(() => handlers.opened());
      });
    });
  }

  /** It never opens. */
  fail(): void {
    this.#isLinked = false;
    this.#endHere(brokenOff);
  }

  send(text: string): void {
    if (!this.#isOpenHere) return;
    const { name, socket } = this.#link;
    this.#pass(`${name} > ${++this.#sent}`, () => void socket.frame(name, text));
  }

  close(): void {
    if (!this.#isOpenHere) return;
    this.#isOpenHere = false;
    const { time } = this.#link;
    time.after(this.#isLinked ? this.#latencyMs('close') : noticedMs, () => this.#endThere());
  }

  cut(how: 'clean' | 'half'): void {
    if (!this.#isLinked) return;
    this.#isLinked = false;
    if (how === 'clean') this.#endHere(brokenOff);
    this.#link.time.after(how === 'clean' ? this.#latencyMs('cut') : noticedMs, () => {
      this.#endThere();
    });
  }

  #post(text: string): void {
    const { name, handlers, line } = this.#link;
    const shown = line.isCut ? shortened(text) : text;
    this.#pass(`${name} < ${++this.#received}`, () =>
      this.#arrive(() => {
        line.heard(shown);
        handlers.received(shown);
      }),
    );
  }

  #pass(name: string, deliver: () => void): void {
    const { time, faults } = this.#link;
    const fault = faults.of(name, 'frame');
    if (fault === 'lost') return;
    const passed = () => {
      if (this.#isLinked) deliver();
    };
    const latencyMs = faults.latencyMs(name);
    time.after(latencyMs + (typeof fault === 'number' ? fault : 0), passed);
    if (fault === 'twice') time.after(latencyMs + faults.latencyMs(`${name} twice`), passed);
  }

  #endHere(code: number): void {
    const { handlers, time } = this.#link;
    time.after(this.#latencyMs('end'), () => {
      this.#arrive(() => {
        this.#isOpenHere = false;
        handlers.closed(code);
      });
    });
  }

  #endThere(): void {
    this.#isLinked = false;
    const { name, socket } = this.#link;
    void socket.disconnect(name);
  }

  #arrive(work: () => void): void {
    this.#link.line.arrive(() => {
      if (this.#isOpenHere) work();
    });
  }

  #latencyMs(event: string): number {
    const { faults, name } = this.#link;
    return faults.latencyMs(`${name} ${event}`);
  }
}
