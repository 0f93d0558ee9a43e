import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface StoredMessage {
  messageId: string;
  body: string;
  receives: number;
  sentAtMs: number;
  visibleAtMs: number;
}

/** A new message, what has changed of one, or that it is gone. */
type Change = { messageId: string; isDeleted?: true } & Partial<StoredMessage>;

/**
 * The messages of a queue in a file: a line for each change. A process that is killed leaves what it took, as SQS keeps
 * it. For one process at a time.
 */
export class QueueFile {
  /** What was there at the start, in the order in which it was sent. */
  readonly messages: readonly StoredMessage[];
  readonly #file: number;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.messages = existsSync(path) ? messagesIn(readFileSync(path, 'utf8')) : [];
    // Without the changes of before, and whole or not at all.
    writeFileSync(`${path}.new`, this.messages.map(lineOf).join(''));
    renameSync(`${path}.new`, path);
    this.#file = openSync(path, 'a');
  }

  note(change: Change): void {
    writeSync(this.#file, lineOf(change));
  }

  /** Nothing is left in the queue. */
  clear(): void {
    ftruncateSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

const lineOf = (change: Change): string => `${JSON.stringify(change)}\n`;

function messagesIn(text: string): StoredMessage[] {
  const messages = new Map<string, StoredMessage>();
  // What follows the last end of a line was cut off by the end of the process.
  for (const line of text.split('\n').slice(0, -1)) {
    const { isDeleted, ...change } = JSON.parse(line) as Change;
    const { messageId } = change;
    if (isDeleted) messages.delete(messageId);
    else messages.set(messageId, { ...messages.get(messageId), ...change } as StoredMessage);
  }
  return [...messages.values()];
}
