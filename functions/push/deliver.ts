import type { ServerFrame } from '../../protocol/server-frames.ts';
import { logFault } from '../log.ts';
import type { Service } from '../service.ts';
import type { Connection, Recipient } from '../store/connections.ts';
import type { AuthorIndex } from './author-index.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Push, ReceiptPush } from './push.ts';
import { ofMembers } from './still-entitled.ts';

/** A frame and the connections it goes to. */
interface Delivery {
  frame: ServerFrame;
  connections: readonly Connection[];
}

/** A frame and the users it goes to, on all their devices but one. */
interface Addressed {
  frame: ServerFrame;
  recipients: readonly Recipient[];
  except?: string | undefined;
}

/** Finds the connections of whom there is something to tell, and tells them. */
export class Deliverer {
  readonly #service: Service;
  readonly #dispatcher: Dispatcher;
  readonly #authors: AuthorIndex;

  constructor(service: Service, dispatcher: Dispatcher, authors: AuthorIndex) {
    this.#service = service;
    this.#dispatcher = dispatcher;
    this.#authors = authors;
  }

  /** Never throws: what was written stays acknowledged whether or not anybody could be told. */
  async deliver(pushes: readonly Push[]): Promise<void> {
    const toUsers = pushes.filter(isToUsers);
    await Promise.all([
      this.#tell(toUsers, () => this.#toUsers(toUsers)),
      ...pushes
        .filter((push) => !isToUsers(push))
        .map((push) => this.#tell([push], async () => [await this.#toMany(push)])),
    ]);
  }

  async #tell(pushes: readonly Push[], find: () => Promise<Delivery[]>): Promise<void> {
    if (pushes.length === 0) return;
    try {
      const deliveries = await find();
      await Promise.all(
        deliveries.map(({ frame, connections }) => this.#dispatcher.push(frame, connections)),
      );
    } catch (error) {
      logFault('push failed', error, { to: pushes.map(({ to }) => to).join() });
    }
  }

  /** One read for all of them: a reader's devices and the authors are told after each mark. */
  async #toUsers(pushes: readonly ToUsers[]): Promise<Delivery[]> {
    const addressed = (await Promise.all(pushes.map((push) => this.#address(push)))).flat();
    const recipients = addressed.flatMap((each) => each.recipients);
    const found = await this.#service.connections.ofRecipients(recipients);
    let next = 0;
    return addressed.map(({ frame, except, recipients: { length } }) => {
      const connections = found.slice(next, next + length).flat();
      next += length;
      return { frame, connections: without(connections, except) };
    });
  }

  #address(push: ToUsers): Addressed[] | Promise<Addressed[]> {
    if (push.to === 'authors') return this.#receiptsForAuthors(push);
    if (push.to === 'joined') return welcomes(push);
    const { frame, userIds, except } = push;
    return [{ frame, except, recipients: userIds.map((userId) => ({ userId })) }];
  }

  async #toMany(push: Exclude<Push, ToUsers>): Promise<Delivery> {
    const { connections, members } = this.#service;
    const { frame } = push;
    switch (push.to) {
      case 'members': {
        const present = await members.presentIn(push.groupId);
        return { frame, connections: await connections.ofUsers(present) };
      }
      case 'subscribers': {
        const all = await this.#subscribersOf(push.groupId);
        return { frame, connections: without(all, push.except) };
      }
      case 'neighbours':
        return { frame, connections: await this.#neighboursOf(push.userId) };
    }
  }

  /** A subscription made while its user was being taken out of the group may have stayed. */
  async #subscribersOf(groupId: string): Promise<Connection[]> {
    const { connections, members } = this.#service;
    return ofMembers(members, groupId, await connections.subscribersOf(groupId));
  }

  async #neighboursOf(userId: string): Promise<Connection[]> {
    const groupIds = await this.#service.members.groupIdsOf(userId);
    const found = groupIds.map((groupId) => this.#subscribersOf(groupId));
    const others = (await Promise.all(found)).flat().filter((other) => other.userId !== userId);
    return [...new Map(others.map((other) => [other.connectionId, other])).values()];
  }

  /** Each author hears of their own messages only, and once they have left of none. */
  async #receiptsForAuthors(push: ReceiptPush): Promise<Addressed[]> {
    const { groupId, readerId: userId, kind, seqs, at } = push;
    const byAuthor = await this.#authors.authorsOfNewest(groupId, seqs);
    byAuthor.delete(userId);
    return [...byAuthor].map(([author, ranges]) => {
      const receipts = ranges.map(({ from, to }) => ({
        userId,
        kind,
        fromSeq: from,
        toSeq: to,
        at,
      }));
      return {
        frame: { type: 'read_status_update', groupId, receipts },
        recipients: [{ userId: author, memberOf: groupId }],
      };
    });
  }
}

/** Pushes whose recipients are known by name. */
type ToUsers = Extract<Push, { to: 'users' | 'joined' | 'authors' }>;

const isToUsers = (push: Push): push is ToUsers =>
  push.to === 'users' || push.to === 'joined' || push.to === 'authors';

function welcomes({ groupId, userIds, role }: Extract<Push, { to: 'joined' }>): Addressed[] {
  return userIds.map((userId) => ({
    frame: { type: 'member_changed', groupId, userId, change: 'joined', role },
    recipients: [{ userId }],
  }));
}

const without = (connections: readonly Connection[], except: string | undefined): Connection[] =>
  connections.filter(({ connectionId }) => connectionId !== except);
