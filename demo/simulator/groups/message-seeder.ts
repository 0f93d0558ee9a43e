import type { SeenbyClient } from '@seenby/client';
import type { DemoSession } from '../demo-session.ts';
import { Dialogue, type Language } from '../people/dialogue.ts';
import type { Member } from '../people/member.ts';
import { pick } from '../random.ts';
import { markRead, post } from './group-requests.ts';

export interface MessageSeederOptions {
  session: DemoSession;
  groupId: string;
  members: readonly Member[];
  /** The user who was made a member, and is to find messages of their own. */
  newMember: SeenbyClient;
  /** How many to write. */
  messages: number;
  wrote: (seq: number) => void;
}

const openingMessages = 5;
const closingMessages = 40;
/** What the new member is left to read. */
const unreadMessages = 5;
/** Part of the members who read those first few, and in what time one follows the other. */
const openingReaders = 0.5;
const openingReadEveryMs = 80;
/** While one is written, so many have come to read those before it. */
const readersPerMessage = 2;
const messagesPerReadOfNewMember = 20;

/** Writes what a new member finds: messages of many, some of the new member's own among them. */
export class MessageSeeder {
  readonly #options: MessageSeederOptions;
  readonly #dialogue: Dialogue<SeenbyClient>;
  #written = 0;
  #lastSeq = 0;
  #exchanges = 0;

  constructor(options: MessageSeederOptions) {
    this.#options = options;
    this.#dialogue = new Dialogue(options.session.random);
  }

  /** The first few: enough to look at. */
  begin(): Promise<void> {
    return this.#writeUpTo(Math.min(openingMessages, this.#options.messages));
  }

  /** Many come by and read those, so that a new member sees at once what this is about. */
  async letManyRead(): Promise<void> {
    const { members, groupId, session } = this.#options;
    for (const { client } of members.slice(0, openingReaders * members.length)) {
      await markRead(client, groupId, this.#lastSeq);
      await new Promise<void>((resolve) => session.clock.after(openingReadEveryMs, resolve));
    }
  }

  /** All others. */
  finish(): Promise<void> {
    return this.#writeUpTo(this.#options.messages);
  }

  /** One after the other, so that answers follow questions. */
  async #writeUpTo(count: number): Promise<void> {
    const { groupId, newMember, wrote } = this.#options;
    while (this.#written < count) {
      const { speaker, content } = this.#dialogue.next((...part) => this.#chooseSpeaker(...part));
      const [seq] = await Promise.all([post(speaker, groupId, content), this.#letRead()]);
      this.#written += 1;
      this.#lastSeq = seq;
      wrote(seq);
      if (this.#written === count || this.#written % messagesPerReadOfNewMember === 0) {
        await markRead(newMember, groupId, seq - unreadMessages);
      }
    }
  }

  async #letRead(): Promise<void> {
    if (this.#lastSeq === 0) return;
    const readers = Array.from({ length: readersPerMessage }, () => this.#somebody());
    const read = ({ client }: Member) => markRead(client, this.#options.groupId, this.#lastSeq);
    await Promise.all(readers.map(read));
  }

  #chooseSpeaker(language: Language, role: number): SeenbyClient {
    if (role === 0) this.#exchanges += 1;
    const isNewMembers = role === 0 && this.#exchanges % 2 === 1 && this.#isLookedAt();
    return isNewMembers ? this.#options.newMember : this.#somebody(language).client;
  }

  #isLookedAt(): boolean {
    const left = this.#options.messages - this.#written;
    return this.#written < openingMessages || left <= closingMessages;
  }

  #somebody(language?: Language): Member {
    const { members, session } = this.#options;
    const fluent = members.filter(({ person }) => !language || person.language === language);
    return pick(session.random, fluent);
  }
}
