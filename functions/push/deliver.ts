import type { ServerFrame } from '../../protocol/server-frames.ts';
import { logFault } from '../log.ts';
import type { Service } from '../service.ts';
import type { Connection } from '../store/connections.ts';
import type { AuthorIndex } from './author-index.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Push, ReceiptPush } from './push.ts';
import { ofMembers } from './still-entitled.ts';

/** A frame and the connections it goes to. */
interface Delivery {
  frame: ServerFrame;
  connections: readonly Connection[];
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
    await Promise.all(
      pushes.map(async (push) => {
        try {
          const deliveries = await this.#deliveriesOf(push);
          await Promise.all(
            deliveries.map(({ frame, connections }) => this.#dispatcher.push(frame, connections)),
          );
        } catch (error) {
          logFault('push failed', error, { to: push.to });
        }
      }),
    );
  }

  async #deliveriesOf(push: Push): Promise<Delivery[]> {
    const { connections, members } = this.#service;
    switch (push.to) {
      case 'users': {
        const all = await connections.ofUsers(push.userIds);
        return [{ frame: push.frame, connections: without(all, push.except) }];
      }
      case 'subscribers': {
        const all = await this.#subscribersOf(push.groupId);
        return [{ frame: push.frame, connections: without(all, push.except) }];
      }
      case 'members': {
        const rows = await members.ofGroup(push.groupId, 'strong');
        const present = rows.filter((row) => !row.left).map((row) => row.userId);
        return [{ frame: push.frame, connections: await connections.ofUsers(present) }];
      }
      case 'joined':
        return this.#welcomes(push);
      case 'neighbours':
        return [{ frame: push.frame, connections: await this.#neighboursOf(push.userId) }];
      case 'authors':
        return this.#receiptsForAuthors(push);
    }
  }

  /** A subscription made while its user was being taken out of the group may have stayed. */
  async #subscribersOf(groupId: string): Promise<Connection[]> {
    const { connections, members } = this.#service;
    return ofMembers(members, groupId, await connections.subscribersOf(groupId));
  }

  async #welcomes({ groupId, userIds, role }: Extract<Push, { to: 'joined' }>) {
    const all = await this.#service.connections.ofUsers(userIds);
    return all.map((connection): Delivery => {
      const { userId } = connection;
      const frame = { type: 'member_changed', groupId, userId, change: 'joined', role } as const;
      return { frame, connections: [connection] };
    });
  }

  async #neighboursOf(userId: string): Promise<Connection[]> {
    const groupIds = await this.#service.members.groupIdsOf(userId);
    const found = groupIds.map((groupId) => this.#subscribersOf(groupId));
    const others = (await Promise.all(found)).flat().filter((other) => other.userId !== userId);
    return [...new Map(others.map((other) => [other.connectionId, other])).values()];
  }

  /** Each author hears of their own messages only, whoever may see the rest. */
  async #receiptsForAuthors(push: ReceiptPush): Promise<Delivery[]> {
    const { groupId, readerId, kind, seqs, at } = push;
    const byAuthor = await this.#authors.authorsOfNewest(groupId, seqs);
    byAuthor.delete(readerId);
    const { connections: store, members } = this.#service;
    // Authors who have left hear no more of the group.
    const connections = await ofMembers(
      members,
      groupId,
      await store.ofUsers([...byAuthor.keys()]),
    );
    return [...byAuthor].map(([author, ranges]) => ({
      frame: {
        type: 'read_status_update' as const,
        groupId,
        receipts: ranges.map(({ from, to }) => ({
          userId: readerId,
          kind,
          fromSeq: from,
          toSeq: to,
          at,
        })),
      },
      connections: connections.filter(({ userId }) => userId === author),
    }));
  }
}

const without = (connections: readonly Connection[], except: string | undefined): Connection[] =>
  connections.filter(({ connectionId }) => connectionId !== except);
