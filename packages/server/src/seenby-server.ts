import type { Group, MemberPage, Profile } from '@seenby/protocol/entities.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { ActingUser } from './acting-user.ts';
import { inGroup } from './in-group.ts';
import { InOrder } from './in-order.ts';
import { Requests, realSurroundings, type Surroundings } from './requests.ts';
import { SeenbyError } from './seenby-error.ts';
import { Tokens } from './tokens.ts';

export interface ServerOptions {
  /** The address of the HTTP API: output `HttpUrl` of the stack. */
  url: string;
  /** A service token: see `clientCredentials`. It is kept until it runs out or is refused. */
  getToken: () => Promise<string> | string;
  /** For tests: what takes the place of the network, of time and of chance. */
  surroundings?: Partial<Surroundings>;
}

export interface NewGroup {
  /** Your own id of the group. */
  groupId: string;
  name: string;
  ownerId: string;
  /** 5,000 at most. */
  memberIds: string[];
  /** `group` by default. */
  kind?: Group['kind'];
  /** `receipts` by default. */
  tracking?: Group['tracking'] | 'auto';
  /** `members` by default. */
  visibility?: Group['visibility'];
  /** How many messages from before they joined new members see: 100 by default. */
  historyForNewMembers?: number;
}

export interface MemberChanges {
  added: string[];
  removed: string[];
}

/** They have left meanwhile. */
function unlessNotFound(error: unknown): void {
  if (!(error instanceof SeenbyError && error.code === 'NOT_FOUND')) throw error;
}

const pageLimit = 500;
const removedAtOnce = 5;

/** Seenby for a backend, with a service token. Every method may throw a SeenbyError. */
export class SeenbyServer {
  readonly #requests: Requests;
  readonly #inOrder = new InOrder();

  constructor({ url, getToken, surroundings }: ServerOptions) {
    const around = { ...realSurroundings, ...surroundings };
    this.#requests = new Requests(url, new Tokens(getToken, around.clock), around);
  }

  /** Acts for a user. */
  as(userId: string): ActingUser {
    return new ActingUser(this.#requests, userId);
  }

  /** Makes a group. If its owner has it already, it is answered as it is. CONFLICT where it is somebody else's. */
  async createGroup(group: NewGroup): Promise<Group> {
    try {
      return await this.#requests.send<Group>({ method: 'POST', path: '/groups', body: group });
    } catch (error) {
      if (!(error instanceof SeenbyError && error.code === 'CONFLICT')) throw error;
      const existing = await this.as(group.ownerId)
        .group(group.groupId)
        .catch(() => undefined);
      if (existing?.role !== 'owner') throw error;
      return existing;
    }
  }

  /**
   * Makes a group, or gives one that its owner has already this name and these members: see `setMembers`. Call it
   * whenever your group has changed. CONFLICT where the group is somebody else's.
   */
  setGroup(group: NewGroup): Promise<MemberChanges> {
    const { groupId, ownerId, name, memberIds } = group;
    return this.#inOrder.run(groupId, async () => {
      const existing = await this.createGroup(group);
      if (existing.name !== name) await this.as(ownerId).updateGroup(groupId, { name });
      return this.#setMembers(groupId, ownerId, memberIds);
    });
  }

  /**
   * Makes these, and the owner, the members of a group: adds who is missing and removes who is too many. Admins stay
   * admins. Calling it again changes nothing more. Calls for one group run one after the other: the members of the last
   * one hold.
   */
  setMembers(
    groupId: string,
    ownerId: string,
    memberIds: readonly string[],
  ): Promise<MemberChanges> {
    return this.#inOrder.run(groupId, () => this.#setMembers(groupId, ownerId, memberIds));
  }

  async #setMembers(
    groupId: string,
    ownerId: string,
    memberIds: readonly string[],
  ): Promise<MemberChanges> {
    const owner = this.as(ownerId);
    const wanted = new Set(memberIds).add(ownerId);
    const present = new Set(await this.#memberIds(groupId, ownerId));
    const missing = [...wanted].filter((userId) => !present.has(userId));
    const surplus = [...present].filter((userId) => !wanted.has(userId));
    const added = missing.length > 0 ? await owner.addMembers(groupId, missing) : [];
    for (let i = 0; i < surplus.length; i += removedAtOnce) {
      const some = surplus.slice(i, i + removedAtOnce);
      await Promise.all(
        some.map((userId) => owner.removeMember(groupId, userId).catch(unlessNotFound)),
      );
    }
    return { added, removed: surplus };
  }

  /** Sets the name and picture of a user that others see. Without both, those of their tokens are shown. */
  setProfile(userId: string, profile: Profile): Promise<Profile> {
    const path = `/users/${toPathSegment(userId)}`;
    return this.#requests.send({ method: 'PUT', path, body: profile });
  }

  /**
   * Takes a user out of all groups and erases profile and settings; messages and receipts stay under a pseudonym.
   * It goes in steps: called again after a failure, it goes on.
   */
  async eraseUser(userId: string): Promise<void> {
    const path = `/users/${toPathSegment(userId)}`;
    for (let remaining = 1; remaining > 0; ) {
      const answer = await this.#requests.send<{ remaining: number }>({ method: 'DELETE', path });
      remaining = answer.remaining;
    }
  }

  /** Shows a text to the connected members of a group, or to some of them: `system_notification`. It is not stored. */
  async notify(groupId: string, text: string, userIds?: string[]): Promise<void> {
    const path = inGroup(groupId, '/notifications');
    const body = { text, ...(userIds && { userIds }) };
    await this.#requests.send({ method: 'POST', path, body });
  }

  async #memberIds(groupId: string, actAs: string): Promise<string[]> {
    const userIds: string[] = [];
    const path = inGroup(groupId, '/members');
    for (let cursor: string | undefined; ; ) {
      const query = { limit: pageLimit, cursor };
      const page = await this.#requests.send<MemberPage>({ method: 'GET', path, query, actAs });
      userIds.push(...page.members.map(({ userId }) => userId));
      if (page.next === null) return userIds;
      cursor = page.next;
    }
  }
}
