import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Scheduler } from './scheduler.ts';

/** What may become of a call to DynamoDB, beside what should. */
export type Fault =
  | 'none'
  /** Made, its answer lost, and made again by the SDK, which is answered that time. */
  | 'repeated'
  /** Made, and never answered. */
  | 'unanswered'
  /** Never made. */
  | 'unreached';

/** What DynamoDB's SDK throws when it has tried often enough. */
export class Unanswered extends Error {}

interface Race {
  scheduler: Scheduler;
  nextFault: () => Fault;
}

/** Has every call of a client wait for its turn in the race that is on, and meet its faults. */
export class RacingClient {
  #race: Race | undefined;

  constructor({ middlewareStack }: DynamoDBDocumentClient) {
    middlewareStack.add(
      (next, { commandName = '' }) =>
        (args) => {
          const race = this.#race;
          if (!race) return next(args);
          const call = () => next(args);
          const fault = isWrite(commandName) ? race.nextFault() : 'none';
          const what = [
            commandName.replace(/Command$/, ''),
            keyOf(args.input as object),
            named(fault),
          ];
          return race.scheduler.step(what.join(' '), () => meet(fault, commandName, call));
        },
      { name: 'racing', step: 'initialize' },
    );
  }

  async during<T>(race: Race, run: () => Promise<T>): Promise<T> {
    this.#race = race;
    try {
      return await run();
    } finally {
      this.#race = undefined;
    }
  }
}

async function meet<T>(fault: Fault, commandName: string, call: () => Promise<T>): Promise<T> {
  if (fault === 'unreached') throw new Unanswered();
  const answer = await call();
  if (fault === 'unanswered') throw new Unanswered();
  // A transaction has a token of the SDK's, by which DynamoDB knows it again.
  return fault === 'repeated' && commandName !== 'TransactWriteItemsCommand' ? call() : answer;
}

const isWrite = (commandName: string): boolean => !/^(BatchGet|Get|Query)/.test(commandName);

const named = (fault: Fault): string => (fault === 'none' ? '' : `(${fault})`);

interface Input {
  Key?: { pk?: unknown; sk?: unknown };
  Item?: { pk?: unknown; sk?: unknown };
  TransactItems?: Record<string, Input>[];
}

function keyOf(input: Input): string {
  const parts = input.TransactItems?.flatMap((part) => Object.values(part)) ?? [input];
  const keys = parts.flatMap(({ Key, Item }) => Key ?? Item ?? []);
  return keys.map(({ pk, sk }) => `${pk} ${sk}`).join(', ');
}
