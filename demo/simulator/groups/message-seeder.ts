import type { SeenbyClient } from '@seenby/client';
import type { DemoSession } from '../demo-session.ts';
import { Dialogue } from '../people/dialogue.ts';
import type { Language } from '../people/language.ts';
import type { Member } from '../people/member.ts';
import { pick } from '../random.ts';
import { markRead, post } from './group-requests.ts';

export interface MessageSeederOptions {
  session: DemoSession;
  groupId: string;
  language: Language;
  members: readonly Member[];
  /** How many to write. */
  messages: number;
  wrote: (seq: number) => void;
}

/** Part of the members who read what was written, and in what time one follows the other. */
const readers = 0.5;
const readEveryMs = 80;
/** While one is written, so many have come to read those before it. */
const readersPerMessage = 2;

/** Writes what a new member finds: messages of the simulated members, and of nobody else. */
export class MessageSeeder {
  readonly #options: MessageSeederOptions;
  readonly #dialogue: Dialogue<SeenbyClient>;
  #lastSeq = 0;

  constructor(options: MessageSeederOptions) {
    this.#options = options;
    this.#dialogue = new Dialogue(options.session.random, options.language);
  }

  /** One after the other, so that answers follow questions. */
  async write(): Promise<void> {
    const { groupId, messages, wrote } = this.#options;
    for (let written = 0; written < messages; written++) {
      const { speaker, content } = this.#dialogue.next(() => this.#somebody().client);
      const [seq] = await Promise.all([post(speaker, groupId, content), this.#letSomeRead()]);
      this.#lastSeq = seq;
      wrote(seq);
    }
  }

  /** Many come by one after the other: a new member sees at once what this is about. */
  async letManyRead(upTo: number): Promise<void> {
    const { members, groupId, session } = this.#options;
    for (const { client } of members.slice((1 - readers) * members.length)) {
      await markRead(client, groupId, upTo);
      await new Promise<void>((resolve) => session.clock.after(readEveryMs, resolve));
    }
  }

  async #letSomeRead(): Promise<void> {
    if (this.#lastSeq === 0) return;
    const some = Array.from({ length: readersPerMessage }, () => this.#somebody());
    const read = ({ client }: Member) => markRead(client, this.#options.groupId, this.#lastSeq);
    await Promise.all(some.map(read));
  }

  #somebody(): Member {
    return pick(this.#options.session.random, this.#options.members);
  }
}
