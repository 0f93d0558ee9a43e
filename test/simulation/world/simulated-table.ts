import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import { makeTable, type TableDefinition } from '../../support/in-process/table-definition.ts';
import { TableStream } from '../../support/in-process/table-stream.ts';
import {
  callDirectly,
  type DocumentCommand,
} from '../../support/service/direct-document-client.ts';
import type { FaultKind } from '../faults/fault-kinds.ts';
import type { Faults } from '../faults/faults.ts';
import { PastTable } from './past-table.ts';
import type { Sandbox } from './sandbox.ts';
import type { SimulatedTime } from './simulated-time.ts';

type Command = DocumentCommand & { input: Record<string, unknown> };

/** As `functions/runtime/aws-client.ts` limits calls. */
const attempts = 3;
const attemptMs = 2500;
const firstPauseMs = 500;
const maxSlowMs = 2400;
const behindMs = 10_000;

/** The table as each sandbox reaches it, through the SDK, with what may become of a call. */
export class SimulatedTable {
  readonly definition: TableDefinition;
  readonly #time: SimulatedTime;
  readonly #faults: Faults;
  database: MemoryDynamoDb;
  /** Told after each call that may have written. */
  onWrite: () => void = () => {};
  /** Another one for each table that there has been. */
  epoch = 'table-1';
  #streamArn: string;
  #past: PastTable;
  #behindUntil = 0;
  #tokens = 0;

  constructor(definition: TableDefinition, time: SimulatedTime, faults: Faults) {
    this.definition = definition;
    this.#time = time;
    this.#faults = faults;
    this.database = new MemoryDynamoDb({ nowMs: time.clock });
    this.#streamArn = makeTable(this.database, definition);
    this.#past = new PastTable(definition, this.openStream());
  }

  /** Reads the stream from its beginning. */
  openStream(): TableStream {
    return new TableStream(this.database, this.#streamArn);
  }

  /** All items, in one order whatever was written when. */
  items(): Item[] {
    const items: Item[] = [];
    let start: unknown;
    do {
      const result = this.database.call('Scan', {
        TableName: this.definition.tableName,
        ...(start !== undefined && { ExclusiveStartKey: start }),
      });
      if ('error' in result) throw result.error;
      const page = result.output as { Items: Item[]; LastEvaluatedKey?: unknown };
      items.push(...page.Items);
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items;
  }

  /** Another table with what this one had at some time, as a restore makes one. */
  restore(items: readonly Item[]): void {
    this.database = new MemoryDynamoDb({ nowMs: this.#time.clock });
    this.#streamArn = makeTable(this.database, this.definition);
    this.epoch = `table-at-${this.#time.clock()}`;
    for (const Item of items) {
      this.database.call('PutItem', { TableName: this.definition.tableName, Item });
    }
    this.#past = new PastTable(this.definition, this.openStream());
  }

  clientFor(sandbox: Sandbox): DynamoDBDocumentClient {
    const send = (command: Command) => sandbox.alive(this.#call(sandbox, named(command)));
    const named = (command: Command): Command => {
      if (!nameOf(command).startsWith('TransactWrite')) return command;
      // The SDK gives a transaction a token, the same for all attempts.
      command.input.ClientRequestToken = `token-${++this.#tokens}`;
      return command;
    };
    return { send } as unknown as DynamoDBDocumentClient;
  }

  async #call(sandbox: Sandbox, command: Command): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      await this.#time.wait(1 + this.#time.below(8));
      if (!sandbox.isAlive) return sandbox.end('crashed');
      // One request in three attempts is lost for good only where that is what the fault is.
      const fault = attempt < attempts ? this.#faults.strike('database') : undefined;
      if (fault === undefined) return this.#send(command);
      const failed = await this.#strike(fault, sandbox, command);
      if (failed.outcome === 'answered') return failed.value;
      if (fault === 'no answer to any attempt') throw unavailable(fault);
      await this.#time.wait(this.#time.random() * firstPauseMs * 2 ** (attempt - 1));
    }
  }

  async #send(command: Command): Promise<object> {
    const isOld = isEventual(command) && this.#isBehind();
    const database = isOld ? this.#past.before(this.#time.clock()) : this.database;
    try {
      return callDirectly(database, command, command.input);
    } finally {
      if (!isRead(command)) this.onWrite();
    }
  }

  /** Once a replica is behind it stays so for a while, and every other eventual read comes to it. */
  #isBehind(): boolean {
    const now = this.#time.clock();
    if (this.#faults.strike('read')) this.#behindUntil = now + behindMs;
    return now < this.#behindUntil && this.#time.random() < 0.5;
  }

  async #strike(fault: FaultKind<'database'>, sandbox: Sandbox, command: Command) {
    const answered = async (answer: Promise<unknown>) =>
      ({ outcome: 'answered', value: await answer }) as const;
    const noAnswer = { outcome: 'no answer' } as const;
    switch (fault) {
      case 'throttled':
      case 'server error':
        return noAnswer;
      case 'request lost':
        await this.#time.wait(attemptMs);
        return noAnswer;
      case 'answer lost':
        // A write that a condition refuses has been made by nobody.
        await this.#send(command).catch(() => {});
        await this.#time.wait(attemptMs);
        return noAnswer;
      case 'no answer to any attempt':
        if (this.#time.random() < 0.5) await this.#send(command).catch(() => {});
        await this.#time.wait(attempts * attemptMs);
        return noAnswer;
      case 'unprocessed':
        return answered(this.#part(command));
      case 'slow':
        await this.#time.wait(this.#time.below(maxSlowMs));
        return answered(this.#send(command));
      case 'crash before':
        return sandbox.end('crashed');
      case 'crash after':
        await this.#send(command).catch(() => {});
        return sandbox.end('crashed');
    }
  }

  /** A batch is carried out in part, as where DynamoDB throttles one partition. */
  async #part(command: Command): Promise<unknown> {
    const name = nameOf(command);
    const table = this.definition.tableName;
    const items = command.input.RequestItems as Record<string, { Keys?: unknown[] }> | undefined;
    const all = name.startsWith('BatchGet') ? items?.[table]?.Keys : items?.[table];
    if (!items || !Array.isArray(all) || all.length < 2) return this.#send(command);
    const some = all.slice(0, all.length >> 1);
    const rest = all.slice(all.length >> 1);
    const isGet = name.startsWith('BatchGet');
    const of = (part: unknown[]) => ({
      [table]: isGet ? { ...items[table], Keys: part } : part,
    });
    const input = { ...command.input, RequestItems: of(some) };
    const answer = await this.#send(Object.assign(Object.create(command), { input }));
    return { ...answer, [isGet ? 'UnprocessedKeys' : 'UnprocessedItems']: of(rest) };
  }
}

export type Item = Record<string, Record<string, unknown>>;

const isRead = (command: Command): boolean => /^(Get|BatchGet|Query)/.test(nameOf(command));

/** Whether DynamoDB may answer it with what was there a moment before. */
function isEventual(command: Command): boolean {
  if (!isRead(command)) return false;
  const { ConsistentRead, RequestItems } = command.input as Reading;
  return RequestItems
    ? Object.values(RequestItems).every((each) => !each.ConsistentRead)
    : !ConsistentRead;
}

interface Reading {
  ConsistentRead?: boolean;
  RequestItems?: Record<string, { ConsistentRead?: boolean }>;
}

const nameOf = ({ clientCommand }: Command): string => clientCommand.constructor.name;

const unavailable = (fault: string): Error =>
  Object.assign(new Error(`DynamoDB: ${fault}`), {
    name: fault === 'throttled' ? 'ThrottlingException' : 'TimeoutError',
  });
