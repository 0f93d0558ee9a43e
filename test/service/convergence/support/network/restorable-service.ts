import {
  type InProcessService,
  inProcessService,
  type Row,
} from '../../../../support/in-process/in-process-service.ts';
import type { TableDefinition } from '../../../../support/in-process/table-definition.ts';
import { countedIds } from '../../../../support/in-process/wire-in-process.ts';
import type { VirtualTime } from '../../../../support/time/virtual-time.ts';
import type { Service } from './line.ts';

/** As long as the slowest function may take: what was under way is over then. */
const stoppedMs = 30_000;

/** The service behind gateways that stay, and a table that may be restored: another one with earlier rows. */
export class RestorableService implements Service {
  readonly #time: VirtualTime;
  readonly #table: TableDefinition;
  readonly #databaseMs: () => number;
  readonly #newId = countedIds();
  #current: InProcessService;
  #rows: Row[] = [];
  #restores = 0;
  #isStopped = false;

  constructor(time: VirtualTime, table: TableDefinition, databaseMs: () => number) {
    this.#time = time;
    this.#table = table;
    this.#databaseMs = databaseMs;
    this.#current = inProcessService(time, table, databaseMs, {
      ...{ epoch: 'first', newId: this.#newId },
    });
  }

  get service(): Service['service'] {
    return this.#current.service;
  }

  readonly socket: Service['socket'] = {
    connect: async (...upgrade) => !this.#isStopped && this.#current.socket.connect(...upgrade),
    disconnect: async (connectionId) => this.#current.socket.disconnect(connectionId),
    frame: async (...frame) => {
      if (!this.#isStopped) await this.#current.socket.frame(...frame);
    },
  };

  readonly http: Service['http'] = async (...request) =>
    this.#isStopped ? { status: 503, text: '{}' } : this.#current.http(...request);

  /** What a restore will bring back. */
  backUp(): void {
    this.#rows = this.#current.rows();
  }

  /**
   * As `docs/disaster-recovery.md` has it: nothing is answered until the other table is there. Answers the
   * `clientMessageId`s of the messages that were stored and are lost.
   */
  async restore(): Promise<Set<string>> {
    this.#isStopped = true;
    await this.#time.wait(stoppedMs);
    const kept = idsIn(this.#rows);
    const lost = [...idsIn(this.#current.rows())].filter((id) => !kept.has(id));
    const epoch = `restored ${++this.#restores}`;
    const { peers } = this.#current;
    const made = { epoch, peers, rows: this.#rows, newId: this.#newId };
    this.#current = inProcessService(this.#time, this.#table, this.#databaseMs, made);
    this.#isStopped = false;
    return new Set(lost);
  }
}

const idsIn = (rows: readonly Row[]): Set<string> =>
  new Set(rows.flatMap(({ clientMessageId }) => (clientMessageId as { S: string })?.S ?? []));
