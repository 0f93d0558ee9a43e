import type { Service } from '../../service/service.ts';
import type { Connection } from '../../store/users/connections.ts';
import type { AddressedFrame, Delivery } from './delivery.ts';
import type {
  ContactPush,
  JoinPush,
  MemberPush,
  Push,
  SubscriberPush,
  UserPush,
  WatcherPush,
} from './push.ts';
import { receiptsForAuthors } from './receipts-for-authors.ts';
import { receiptsForWatchers } from './receipts-for-watchers.ts';
import { ofMembers } from './still-entitled.ts';

type PushToMany = MemberPush | SubscriberPush | ContactPush;
type PushByName = Exclude<Push, PushToMany | WatcherPush>;

/** Finds the connections that pushes go to. It reads, and sends nothing. */
export class RecipientResolver {
  readonly #service: Service;
  readonly #directPushMembers: number;

  /** @param directPushMembers in groups of as many members at most, open screens are told of each receipt. */
  constructor(service: Service, directPushMembers = 0) {
    this.#service = service;
    this.#directPushMembers = directPushMembers;
  }

  /** MAY throw: then none of these pushes has its recipients. */
  async resolve(pushes: readonly Push[]): Promise<Delivery[]> {
    const byName = pushes.filter(isByName);
    const toMany = pushes.filter((push) => !isByName(push));
    const found = await Promise.all([
      this.#resolveByName(byName),
      ...toMany.map((push) => this.#resolveToOthers(push)),
    ]);
    return found.flat();
  }

  async #resolveToOthers(push: PushToMany | WatcherPush): Promise<Delivery[]> {
    if (push.to !== 'watchers') return [await this.#resolveToMany(push)];
    const isSmall = push.group.places <= this.#directPushMembers;
    return isSmall ? receiptsForWatchers(this.#service, push) : [];
  }

  /** One read for all of them: a reader's devices and the authors are told after each mark. */
  async #resolveByName(pushes: readonly PushByName[]): Promise<Delivery[]> {
    if (pushes.length === 0) return [];
    const addressed = (await Promise.all(pushes.map((push) => this.#address(push)))).flat();
    const recipients = addressed.flatMap((each) => each.recipients);
    const found = await this.#service.connections.ofRecipients(recipients);
    let next = 0;
    return addressed.flatMap(({ frame, except, recipients: { length } }) => {
      const reached = found.slice(next, next + length);
      next += length;
      const connections = reached.flatMap((each) => each.connections);
      const shown = typeof frame === 'function' ? frame(reached[0]?.fromSeq ?? 1) : frame;
      return shown ? [{ frame: shown, connections: without(connections, except) }] : [];
    });
  }

  #address(push: PushByName): AddressedFrame[] | Promise<AddressedFrame[]> {
    switch (push.to) {
      case 'authors':
        return receiptsForAuthors(this.#service.authors, push);
      case 'joined':
        return framesForNewcomers(push);
      case 'users':
        return [frameForUsers(push)];
    }
  }

  async #resolveToMany(push: PushToMany): Promise<Delivery> {
    const { frame } = push;
    switch (push.to) {
      case 'members':
        return { frame, connections: await this.#membersOf(push.groupId) };
      case 'subscribers': {
        const subscribers = await this.#subscribersOf(push.groupId);
        const others = subscribers.filter(({ userId }) => userId !== push.exceptUserId);
        return { frame, connections: others };
      }
      case 'contacts':
        return { frame, connections: await this.#contactsOf(push.userId) };
    }
  }

  async #membersOf(groupId: string): Promise<Connection[]> {
    const { connections, members } = this.#service;
    return connections.ofUsers(await members.presentIn(groupId));
  }

  /** A subscription made while its user was being taken out of the group may have stayed. */
  async #subscribersOf(groupId: string): Promise<Connection[]> {
    const { connections, members } = this.#service;
    return ofMembers(members, groupId, await connections.subscribersOf(groupId));
  }

  async #contactsOf(userId: string): Promise<Connection[]> {
    const groupIds = await this.#service.members.groupIdsOf(userId);
    const found = groupIds.map((groupId) => this.#subscribersOf(groupId));
    const others = (await Promise.all(found)).flat().filter((other) => other.userId !== userId);
    return [...new Map(others.map((other) => [other.connectionId, other])).values()];
  }
}

/** Whether the push itself, or an index, says which users it is for. */
const isByName = (push: Push): push is PushByName =>
  push.to === 'users' || push.to === 'joined' || push.to === 'authors';

/** Pushes that one read resolves come together, and each other one alone: it may fail alone. */
export function batchesOf(pushes: readonly Push[]): Push[][] {
  const byName: Push[] = pushes.filter(isByName);
  const others = pushes.filter((push) => !isByName(push)).map((push) => [push]);
  return byName.length > 0 ? [byName, ...others] : others;
}

const frameForUsers = ({ frame, userIds, except }: UserPush): AddressedFrame => ({
  ...{ frame, except },
  recipients: userIds.map((userId) => ({ userId })),
});

const framesForNewcomers = ({ groupId, userIds, role }: JoinPush): AddressedFrame[] =>
  userIds.map((userId) => ({
    frame: { type: 'member_changed', groupId, userId, change: 'joined', role },
    recipients: [{ userId }],
  }));

const without = (connections: readonly Connection[], except: string | undefined): Connection[] =>
  connections.filter(({ connectionId }) => connectionId !== except);
