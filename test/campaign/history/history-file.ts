import { createWriteStream, readdirSync, readFileSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '@seenby/protocol/errors.ts';
import type { Acknowledged, Act, HistoryEvent } from './events.ts';

/** How a request ended, as its client saw it. */
export type Outcome =
  | ({ outcome: 'ok' } & Acknowledged)
  | { outcome: 'fail'; code: ErrorCode }
  | { outcome: 'unknown'; why: string };

/** Notes what the clients of one process do and see, as a line of JSON each. */
export class HistoryFile {
  readonly #file: WriteStream;
  #lastOp = 0;

  constructor(path: string) {
    this.#file = createWriteStream(path, { flags: 'wx' });
  }

  /** Notes a request, makes it, and notes how it ended. */
  async run(
    by: { userId: string; groupId: string; act: Act },
    request: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const end = this.begin(by);
    const ended = await request();
    end(ended);
    return ended;
  }

  /** For a request that ends elsewhere. */
  begin(by: { userId: string; groupId: string; act: Act }): (ended: Outcome) => void {
    const op = ++this.#lastOp;
    this.note({ event: 'invoke', at: Date.now(), op, ...by });
    return ({ outcome: event, ...more }) =>
      this.note({ event, at: Date.now(), op, ...more } as HistoryEvent);
  }

  note(event: HistoryEvent): void {
    this.#file.write(`${JSON.stringify(event)}\n`);
  }

  /** Resolves once all is written. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#file.end(resolve));
  }
}

/** The lines of each file of a folder. */
export function readHistoryFiles(dir: string): HistoryEvent[][] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) =>
      readFileSync(join(dir, name), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as HistoryEvent),
    );
}
