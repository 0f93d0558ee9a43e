import { createGroup } from '../../functions/groups/create-group.ts';
import { countReceipts } from '../../functions/receipts/count-receipts.ts';
import { inProcessService } from '../../test/support/in-process/in-process-service.ts';
import type { TableDefinition } from '../../test/support/in-process/table-definition.ts';
import { meterUnits, type Units } from '../../test/support/service/meter-units.ts';
import type { VirtualTime } from '../../test/support/time/virtual-time.ts';
import { storedBytes } from '../baselines/stored-bytes.ts';
import { content, groupId, lastReads, type Traffic } from './acts.ts';
import type { Invocations, Used } from './used.ts';

/** As long as DynamoDB takes to answer, and `recorder` gathers: see lib/seenby-stack.ts. */
const databaseMs = 5;
const recorderWindowMs = 120_000;
const chargedBytes = 32 * 1024;
const connectionLifeMs = 86_400_000;
const noInvocations = (): Invocations => ({ socket: 0, recorder: 0, fanOut: 0, push: 0 });

/** Ids as long as those of API Gateway. */
const connectionOf = (userId: string): string => `Fm1L-jqV${userId.slice(-5)}CEJw=`;

/** The service with its stream consumers and its queue, and clients that count what they get. */
export class SeenbyStack {
  readonly #time: VirtualTime;
  readonly #seenby: ReturnType<typeof inProcessService>;
  readonly #tableName: string;
  readonly #units: Units;
  #invocations = noInvocations();
  #framesIn = 0;
  #framesOut = 0;
  #queuedFrames = 0;
  #countJobs = 0;
  #bytesBefore = 0;
  #sent = 0;
  readonly errors: string[] = [];

  constructor(time: VirtualTime, definition: TableDefinition) {
    this.#time = time;
    this.#tableName = definition.tableName;
    this.#seenby = inProcessService(time, definition, () => databaseMs, {
      recorderWindowMs,
      invoked: (name, size) => {
        this.#invocations[name] += 1;
        if (name !== 'push') return;
        this.#queuedFrames += size;
        if (size === 0) this.#countJobs += 1;
      },
    });
    this.#units = meterUnits(this.#seenby.documents);
  }

  /** With those who are connected, and have it open, from the beginning. */
  async createGroup(traffic: Traffic): Promise<void> {
    const { memberIds, onlineIds, watchingIds, visibility = 'members' } = traffic;
    const settings = { kind: 'group', visibility, tracking: 'receipts' } as const;
    const group = { name: 'Team', memberIds: [...memberIds], historyForNewMembers: 100 };
    const owner = { userId: memberIds[0] ?? '' };
    const made = await createGroup(this.#seenby.service, owner, { groupId, ...settings, ...group });
    if (!made.ok) throw new Error(made.problem.message);
    for (const userId of onlineIds) await this.#connectOnly(userId);
    const { connections } = this.#seenby.service;
    for (const userId of watchingIds) {
      const connection = { userId, connectionId: connectionOf(userId) };
      await connections.subscribe(connection, [groupId], this.#time.now + 7_200_000);
    }
  }

  async startMeasuring(): Promise<void> {
    this.#bytesBefore = await storedBytes(this.#seenby.documents, this.#tableName);
    this.#units.reset();
    this.#invocations = noInvocations();
    this.#framesIn = this.#framesOut = this.#queuedFrames = this.#countJobs = 0;
  }

  async used(): Promise<Used> {
    const { write: writeUnits, read: readUnits } = this.#units;
    const bytes = await storedBytes(this.#seenby.documents, this.#tableName);
    return {
      ...{ design: 'Seenby', writeUnits, readUnits, storedBytes: bytes - this.#bytesBefore },
      ...{ framesIn: this.#framesIn, framesOut: this.#framesOut },
      ...{ queuedFrames: this.#queuedFrames, countJobs: this.#countJobs },
      ...{ invocations: { ...this.#invocations } },
    };
  }

  async connect(userId: string): Promise<void> {
    await this.#connectOnly(userId);
    await this.tell(userId, { type: 'hello' });
  }

  async #connectOnly(userId: string): Promise<void> {
    const { now } = this.#time;
    const receive = (text: string) => this.#receive(text);
    this.#invocations.socket += 1;
    await this.#seenby.socket.connect(connectionOf(userId), {
      ...{ userId, tokenExpiresAt: now + connectionLifeMs, connectedAt: now },
      ...{ receive, closed: () => this.errors.push(`${userId} was cut off`) },
    });
  }

  async disconnect(userId: string): Promise<void> {
    this.#invocations.socket += 1;
    await this.#seenby.socket.disconnect(connectionOf(userId));
  }

  send(userId: string): Promise<void> {
    const clientMessageId = `client-${String(++this.#sent).padStart(5, '0')}`;
    return this.tell(userId, { type: 'send_message', groupId, clientMessageId, content });
  }

  async tell(userId: string, frame: object): Promise<void> {
    this.#framesIn += 1;
    this.#invocations.socket += 1;
    await this.#seenby.socket.frame(connectionOf(userId), JSON.stringify(frame));
  }

  /** Traffic whose end is wrong is not measured. */
  async check(traffic: Traffic): Promise<void> {
    if (this.errors.length > 0) throw new Error(`Seenby answered ${this.errors[0]}`);
    const caller = { userId: traffic.memberIds[0] ?? '' };
    const range = { groupId, from: this.#sent, to: this.#sent };
    const counted = await countReceipts(this.#seenby.service, caller, range);
    const read = counted.ok ? counted.value.counts[0]?.readCount : undefined;
    const readers = lastReads(traffic);
    if (read !== readers) throw new Error(`${readers} have read the last message, shown: ${read}`);
  }

  #receive(text: string): void {
    this.#framesOut += Math.ceil(text.length / chargedBytes);
    if (text.startsWith('{"type":"error"')) this.errors.push(text);
  }
}
