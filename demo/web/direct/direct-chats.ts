import type { SeenbyClient } from '@seenby/client';
import type { Person } from '../members/member-search.ts';

export interface DirectChat {
  readonly isDirect: boolean;
  /** The other one of the two, once the service has told. */
  readonly other?: Person;
}

const chatsOf = new WeakMap<SeenbyClient, DirectChats>();

/**
 * Which chats are of two, and with whom: the list of chats that a client has does not say so. Each is asked for once.
 * One that the service does not tell of is taken for a group until it is asked for again.
 */
export class DirectChats {
  static of(client: SeenbyClient): DirectChats {
    const chats = chatsOf.get(client) ?? new DirectChats(client);
    chatsOf.set(client, chats);
    return chats;
  }

  readonly #client: SeenbyClient;
  readonly #known = new Map<string, DirectChat>();
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(client: SeenbyClient) {
    this.#client = client;
  }

  /** Undefined until the service has answered. */
  get(groupId: string): DirectChat | undefined {
    return this.#known.get(groupId);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  ask(groupId: string): void {
    if (this.#asked.has(groupId)) return;
    this.#asked.add(groupId);
    this.#load(groupId).catch(() => {
      this.#asked.delete(groupId);
      if (!this.#known.has(groupId)) this.#learn(groupId, { isDirect: false });
    });
  }

  async #load(groupId: string): Promise<void> {
    const group = this.#client.group(groupId);
    const isDirect = (await group.get()).kind === 'direct';
    this.#learn(groupId, { isDirect });
    if (!isDirect) return;
    const { members } = await group.listMembers({ limit: 2 });
    const other = members.find(({ userId }) => userId !== this.#client.userId);
    if (other) this.#learn(groupId, { isDirect, other });
  }

  #learn(groupId: string, chat: DirectChat): void {
    this.#known.set(groupId, chat);
    for (const listener of this.#listeners) listener();
  }
}
