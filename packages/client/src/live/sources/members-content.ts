import type { MemberPage } from '@seenby/protocol/entities.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';
import { queryOf } from '../../transport/http.ts';
import type { ReceivedFrame } from '../../transport/websocket-transport.ts';
import { askOf } from '../ask.ts';
import type { LiveGroup } from '../live-group.ts';
import type { LiveState } from '../live-store.ts';
import type { GroupMember, Members } from '../members.ts';
import type { PageQuery } from '../page-query.ts';
import {
  type Asking,
  ConfirmedVersion,
  fetchPages,
  type LiveContent,
  sameLine,
} from './live-content.ts';
import { presenceOf } from './presence.ts';

/** Who is in a group. Changes come one by one; what somebody new is called is asked for. */
export class MembersContent implements LiveContent<Members> {
  readonly #group: LiveGroup;
  readonly #asking: Asking;
  readonly #presence: ReadonlyMap<string, boolean>;
  #members = new Map<string, GroupMember>();
  readonly #version = new ConfirmedVersion();
  /** Those without a name who have written: a name is known once somebody has come with one. */
  readonly #unnamed = new Set<string>();

  constructor(group: LiveGroup, asking: Asking) {
    this.#group = group;
    this.#asking = asking;
    this.#presence = presenceOf(group.parts.session);
  }

  get viewed(): unknown {
    return this.#group.isRemoved;
  }

  get size(): number {
    return this.#members.size;
  }

  async fetch(isWanted: () => boolean): Promise<void> {
    const before = this.#members;
    const members = new Map<string, GroupMember>();
    if (!this.#asking.isLoaded) this.#members = members;
    const take = (page: MemberPage) => {
      for (const each of page.members) {
        const member = this.#withPresence(each);
        members.set(each.userId, sameLine(before.get(each.userId), member));
      }
      if (this.#members === members) this.#asking.changed();
    };
    const ask = (page: PageQuery) =>
      askOf<MemberPage>(this.#group, 'GET', `/members${queryOf(page)}`);
    await fetchPages(ask, take, isWanted);
    if (isWanted()) this.#members = members;
  }

  hear(frame: ReceivedFrame): void {
    if (frame.type === 'member_changed') this.#change(frame);
    // More may have come than are told of one by one.
    const isOther = frame.type === 'group_changed' || this.#version.hasMoved(frame);
    if (isOther) this.#asking.againSoon();
    if (frame.type === 'new_message') this.#askForName(frame.message.senderId);
    if (frame.type === 'user_status_change') this.#put(this.#members.get(frame.userId));
  }

  look(): void {
    // Nobody is known to be online once the connection is lost.
    for (const member of this.#members.values()) {
      // Each change of the group comes here: 5,000 lines are not made anew each time.
      if (member.online !== this.#presence.get(member.userId)) this.#put(member);
    }
  }

  forget(): void {
    this.#members = new Map();
  }

  show(state: LiveState): Members {
    const byId = new Map(this.#members);
    return { ...state, members: [...byId.values()], byId };
  }

  #change({ userId, change, role }: FieldsOf<'member_changed'>): void {
    const member = this.#members.get(userId);
    if (change === 'left' && this.#members.delete(userId)) this.#asking.changed();
    if (change === 'role' && member && role) this.#put({ ...member, role });
    // Two changes may overtake each other.
    this.#asking.againSoon();
  }

  /** Once for each: some have none. */
  #askForName(userId: string): void {
    const member = this.#members.get(userId);
    if (!member || member.name !== undefined || this.#unnamed.has(userId)) return;
    this.#unnamed.add(userId);
    this.#asking.againSoon();
  }

  #put(member: GroupMember | undefined): void {
    if (!member) return;
    const next = this.#withPresence(member);
    const before = this.#members.get(member.userId);
    if (sameLine(before, next) === before) return;
    this.#members.set(member.userId, next);
    this.#asking.changed();
  }

  #withPresence({ online: _before, ...member }: GroupMember): GroupMember {
    const online = this.#presence.get(member.userId);
    return { ...member, ...(online !== undefined && { online }) };
  }
}
