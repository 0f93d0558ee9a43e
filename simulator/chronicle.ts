import type { SeenbyClient } from '../client/index.ts';
import { Dialogue, type Language } from './dialogue.ts';
import { markRead, post } from './group-requests.ts';
import type { Member } from './member.ts';
import { pick } from './random.ts';
import type { Stage } from './stage.ts';

export interface ChronicleOptions {
  stage: Stage;
  groupId: string;
  members: readonly Member[];
  /** The newcomer, who is to find messages of their own. */
  guest: SeenbyClient;
  /** How many to write. */
  messages: number;
  wrote: (seq: number) => void;
}

const openingMessages = 5;
const closingMessages = 40;
/** What the guest is left to read. */
const unreadMessages = 5;
const messagesPerRead = 4;
const messagesPerReadOfGuest = 20;

/** Writes what a newcomer finds: messages of many, some of the newcomer's own among them. */
export class Chronicle {
  readonly #options: ChronicleOptions;
  readonly #dialogue: Dialogue<SeenbyClient>;
  #written = 0;
  #exchanges = 0;

  constructor(options: ChronicleOptions) {
    this.#options = options;
    this.#dialogue = new Dialogue(options.stage.random);
  }

  /** The first few: enough to look at. */
  begin(): Promise<void> {
    return this.#writeUpTo(Math.min(openingMessages, this.#options.messages));
  }

  finish(): Promise<void> {
    return this.#writeUpTo(this.#options.messages);
  }

  /** One after the other, so that answers follow questions. Every now and then somebody reads. */
  async #writeUpTo(count: number): Promise<void> {
    const { groupId, guest, wrote } = this.#options;
    while (this.#written < count) {
      const { speaker, content } = this.#dialogue.next((...part) => this.#cast(...part));
      const seq = await post(speaker, groupId, content);
      this.#written += 1;
      wrote(seq);
      if (this.#written % messagesPerRead === 0) {
        await markRead(this.#somebody().client, groupId, seq);
      }
      if (this.#written === count || this.#written % messagesPerReadOfGuest === 0) {
        await markRead(guest, groupId, seq - unreadMessages);
      }
    }
  }

  #cast(language: Language, role: number): SeenbyClient {
    if (role === 0) this.#exchanges += 1;
    const isGuests = role === 0 && this.#exchanges % 2 === 1 && this.#isLookedAt();
    return isGuests ? this.#options.guest : this.#somebody(language).client;
  }

  #isLookedAt(): boolean {
    const left = this.#options.messages - this.#written;
    return this.#written < openingMessages || left <= closingMessages;
  }

  #somebody(language?: Language): Member {
    const { members, stage } = this.#options;
    const fluent = members.filter(({ person }) => !language || person.language === language);
    return pick(stage.random, fluent);
  }
}
