import type {
  CountedMessage,
  CountRange,
  Group,
  GroupStatus,
  MemberPage,
  Message,
  OwnState,
  PositionPage,
  Profile,
  ReceiptPage,
} from '@seenby/protocol/entities.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { inGroup } from './in-group.ts';
import type { Request, Requests } from './requests.ts';

export interface NewMessage {
  /** Your own id of the message: with the same one it is stored once. */
  clientMessageId: string;
  /** 8 KB at most. A chat that keeps its texts to itself leaves it empty. */
  content?: string;
  /** `text` by default. */
  messageType?: Message['messageType'];
  /** 50 at most. */
  mentions?: string[];
  /** 1 KB of JSON at most. */
  metadata?: Record<string, unknown>;
}

/** Which messages: all up to a seq, or up to 50 ranges of seqs, or up to 100 single messages. */
export type MarkTarget =
  | { upTo: number }
  | { ranges: { fromSeq: number; toSeq: number }[] }
  | { messageIds: string[] };

export interface PageQuery {
  /** 500 at most. */
  limit?: number;
  /** `next` of the page before. */
  cursor?: string;
}

export interface ReaderQuery extends PageQuery {
  state?: 'read' | 'unread' | 'delivered';
  /** `user` by default; `time`: the newest first. */
  sort?: 'user' | 'time';
}

/** `before` or `after` a seq, not both. */
export interface HistoryQuery {
  before?: number;
  after?: number;
  /** 100 at most. */
  limit?: number;
}

/**
 * Does whatever a user may do, under their id. Every method may throw a SeenbyError: NOT_FOUND where the user is no
 * member, FORBIDDEN where role or visibility do not allow it, and those of `SeenbyErrorCode`.
 */
export class ActingUser {
  /** Whom it acts for. */
  readonly userId: string;
  readonly #requests: Requests;

  /** @internal */
  constructor(requests: Requests, userId: string) {
    this.#requests = requests;
    this.userId = userId;
  }

  /** Stores a message of theirs, once for each `clientMessageId`. CONFLICT where it was another one. */
  async send(groupId: string, { content = '', ...more }: NewMessage): Promise<Message> {
    const body = { content, ...more };
    const { message } = await this.#post<{ message: Message }>(inGroup(groupId, '/messages'), body);
    return message;
  }

  /** Takes a message back. */
  recall(groupId: string, seq: number): Promise<void> {
    return this.#send({ method: 'DELETE', path: inGroup(groupId, `/messages/${seq}`) });
  }

  /** They have read these messages. Marking them again changes nothing: `changed` is false. */
  markRead(groupId: string, target: MarkTarget): Promise<OwnState & { changed: boolean }> {
    return this.#post(inGroup(groupId, '/read'), target);
  }

  /** These messages have reached a device of theirs. */
  async markDelivered(groupId: string, target: MarkTarget): Promise<void> {
    await this.#post(inGroup(groupId, '/delivered'), target);
  }

  /** Puts their own badge back to a message. */
  markUnread(groupId: string, fromSeq: number): Promise<OwnState> {
    return this.#post(inGroup(groupId, '/unread'), { fromSeq });
  }

  /** All of their groups with badges, the most recently active first. */
  unread(): Promise<{ totalUnreadCount: number; groups: GroupStatus[] }> {
    return this.#get('/me/unread');
  }

  /** Settings and size of a group of theirs. */
  group(groupId: string): Promise<Group> {
    return this.#get(inGroup(groupId));
  }

  /** Who is in the group, in the order of their ids; a page. */
  members(groupId: string, query: PageQuery = {}): Promise<MemberPage> {
    return this.#get(inGroup(groupId, '/members'), { ...query });
  }

  /** Messages in the order of their seqs, with counts where the user may see them; the newest ones without a query. */
  messages(
    groupId: string,
    query: HistoryQuery = {},
  ): Promise<{ messages: CountedMessage[]; lastSeq: number }> {
    return this.#get(inGroup(groupId, '/messages'), { ...query });
  }

  /** Counts of up to 1,000 messages. */
  counts(
    groupId: string,
    range: { from: number; to: number },
  ): Promise<{ version: number; counts: CountRange[] }> {
    return this.#get(inGroup(groupId, '/receipts'), range);
  }

  /** Who has read a message, has it, or has not read it, with times; a page. */
  readers(groupId: string, seq: number, query: ReaderQuery = {}): Promise<ReceiptPage> {
    return this.#get(inGroup(groupId, `/messages/${seq}/receipts`), { ...query });
  }

  /** Up to where each member has read and received; a page. */
  positions(groupId: string, query: PageQuery = {}): Promise<PositionPage> {
    return this.#get(inGroup(groupId, '/positions'), { ...query });
  }

  /** Reminds those who have not read a message, or some of them, once in five minutes. */
  remind(
    groupId: string,
    seq: number,
    userIds?: string[],
  ): Promise<{ reminded: number; reached: number }> {
    return this.#post(inGroup(groupId, `/messages/${seq}/remind`), userIds ? { userIds } : {});
  }

  /** Changes name or settings of a group; owner and admins may. */
  updateGroup(
    groupId: string,
    change: Partial<Pick<Group, 'name' | 'tracking' | 'visibility'>>,
  ): Promise<Group> {
    return this.#send({ method: 'PATCH', path: inGroup(groupId), body: change });
  }

  /** Deletes a group of theirs. */
  deleteGroup(groupId: string): Promise<void> {
    return this.#send({ method: 'DELETE', path: inGroup(groupId) });
  }

  /** Adds members, 5,000 at most. Answers those who were not in the group before. */
  async addMembers(
    groupId: string,
    memberIds: string[],
    role: 'member' | 'admin' = 'member',
  ): Promise<string[]> {
    const path = inGroup(groupId, '/members');
    const { added } = await this.#post<{ added: string[] }>(path, { memberIds, role });
    return added;
  }

  /** Removes somebody, or themselves. */
  removeMember(groupId: string, userId: string): Promise<void> {
    const path = inGroup(groupId, `/members/${toPathSegment(userId)}`);
    return this.#send({ method: 'DELETE', path });
  }

  /** Gives a member another role, below their own; `owner` hands the group over. */
  async changeRole(groupId: string, userId: string, role: Group['role']): Promise<void> {
    const path = inGroup(groupId, `/members/${toPathSegment(userId)}`);
    await this.#send({ method: 'PATCH', path, body: { role } });
  }

  /** Sets the name and picture that others see. Without both, those of their tokens are shown. */
  setProfile(profile: Profile): Promise<Profile> {
    return this.#send({ method: 'PUT', path: '/me/profile', body: profile });
  }

  #get<T>(path: string, query?: Request['query']): Promise<T> {
    return this.#send({ method: 'GET', path, ...(query && { query }) });
  }

  #post<T>(path: string, body: object): Promise<T> {
    return this.#send({ method: 'POST', path, body });
  }

  #send<T>(request: Request): Promise<T> {
    return this.#requests.send<T>({ ...request, actAs: this.userId });
  }
}
