import type {
  Environment,
  Socket,
  SocketHandlers,
} from '../../../../../packages/client/src/transport/environment.ts';
import type { VirtualTime } from '../../../../support/time/virtual-time.ts';
import type { Faults } from './faults.ts';
import type { Line, Service } from './line.ts';
import { LinkedSocket } from './linked-socket.ts';
import { expiryOf, userIdOf } from './tokens.ts';

const refusedMs = 100;
const timedOutMs = 20_000;

/** The network between the pages and the service, with all that can go wrong in it. */
export class Network {
  readonly #time: VirtualTime;
  readonly #service: Service;
  readonly #faults: Faults;
  readonly #sockets = new Map<Line, LinkedSocket[]>();
  readonly #requests = new Map<Line, number>();

  constructor(time: VirtualTime, service: Service, faults: Faults) {
    this.#time = time;
    this.#service = service;
    this.#faults = faults;
  }

  openSocket(line: Line, protocols: string[], handlers: SocketHandlers): Socket {
    const opened = this.#sockets.get(line) ?? [];
    const name = `${line.name} c${opened.length + 1}`;
    const { socket } = this.#service;
    const token =
      protocols.find((each) => each.startsWith('bearer.'))?.slice('bearer.'.length) ?? '';
    const link = new LinkedSocket({
      ...{ name, line, handlers, token, socket, time: this.#time, faults: this.#faults },
    });
    this.#sockets.set(line, [...opened, link]);
    if (line.isOffline()) this.#time.after(refusedMs, () => link.fail());
    else link.open();
    return link;
  }

  /** Cuts the page's connections: both ends hear of it, or neither. */
  cut(line: Line, how: 'clean' | 'half'): void {
    for (const link of this.#sockets.get(line) ?? []) link.cut(how);
  }

  readonly fetchFor =
    (line: Line): Environment['fetch'] =>
    async (url, init) => {
      const number = (this.#requests.get(line) ?? 0) + 1;
      this.#requests.set(line, number);
      const name = `${line.name} h${number}`;
      if (line.isOffline()) {
        await this.#time.wait(refusedMs);
        return this.#answer(line, () => {
          throw new TypeError('offline');
        });
      }
      const fault = this.#faults.of(name, 'request');
      await this.#time.wait(this.#faults.latencyMs(name) + (typeof fault === 'number' ? fault : 0));
      const answered = fault === 'lost' ? undefined : await this.#ask(url, init);
      if (fault === 'twice') void this.#ask(url, init);
      const isLost = answered === undefined || fault === 'answer lost' || line.isOffline();
      await this.#time.wait(isLost ? timedOutMs : this.#faults.latencyMs(`${name} <`));
      return this.#answer(line, () => {
        if (isLost) throw new TypeError('network');
        const { text } = answered;
        if (init.method === 'GET' || init.method === undefined) line.heard(text);
        return {
          ...{ ok: answered.status < 400, status: answered.status },
          json: async () => JSON.parse(text),
        } as Response;
      });
    };

  #answer(line: Line, answer: () => Response): Promise<Response> {
    return new Promise((resolve, reject) => {
      line.arrive(() => {
        try {
          resolve(answer());
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  #ask(url: string, { method = 'GET', headers, body }: RequestInit) {
    const { authorization = '' } = headers as Record<string, string>;
    const token = authorization.slice('Bearer '.length);
    if (expiryOf(token) <= this.#time.now) {
      const error = { code: 'TOKEN_EXPIRED', message: 'The token has expired.' };
      return Promise.resolve({ status: 401, text: JSON.stringify({ error }) });
    }
    const text = body === undefined || body === null ? undefined : String(body);
    return this.#service.http(userIdOf(token), { method, url: new URL(url), body: text });
  }
}
