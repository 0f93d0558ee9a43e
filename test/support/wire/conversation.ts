import type {
  Group,
  GroupStatus,
  Message,
  ReceiptLine,
  ReceiptPage,
} from '@seenby/protocol/entities.ts';
import type {
  AnswerOf,
  CountsAnswer,
  MessagePage,
  UnreadOverview,
} from '@seenby/protocol/http-answers.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { uniqueId } from './service.ts';
import { User } from './user.ts';

/** A group of the test's own, as its members see it over HTTP. */
export class Conversation {
  readonly groupId: string;
  readonly members: readonly User[];

  /** The first member owns the group. */
  static async start(
    members: readonly User[],
    settings: { groupId?: string; [setting: string]: unknown } = {},
  ): Promise<Conversation> {
    const [owner, ...others] = members;
    const groupId = settings.groupId ?? uniqueId('group');
    await owner?.post<Group>('/groups', {
      ...{ groupId, name: 'A group', memberIds: others.map(({ userId }) => userId) },
      ...settings,
    });
    return new Conversation(groupId, members);
  }

  /** A group of users made for it. */
  static async among<const L extends readonly string[]>(
    ...labels: L
  ): Promise<{ conversation: Conversation; users: { [I in keyof L]: User } }> {
    const users = await User.createAll(...labels);
    const conversation = await Conversation.start(users);
    return { conversation, users: users as { [I in keyof L]: User } };
  }

  constructor(groupId: string, members: readonly User[]) {
    this.groupId = groupId;
    this.members = members;
  }

  get path(): string {
    return `/groups/${toPathSegment(this.groupId)}`;
  }

  async say(sender: User, more: object = {}): Promise<Message> {
    const sent = { clientMessageId: uniqueId('m'), content: 'Hello', ...more };
    const { message } = await sender.post<AnswerOf<'POST /groups/{groupId}/messages'>>(
      `${this.path}/messages`,
      sent,
    );
    return message;
  }

  /** So many messages, one after another. */
  async sayMany(sender: User, count: number): Promise<Message[]> {
    const messages: Message[] = [];
    while (messages.length < count) messages.push(await this.say(sender));
    return messages;
  }

  read(reader: User, upTo: number): Promise<AnswerOf<'POST /groups/{groupId}/read'>> {
    return reader.post(`${this.path}/read`, { upTo });
  }

  counts(viewer: User, from: number, to: number): Promise<CountsAnswer> {
    return viewer.get(`${this.path}/receipts?from=${from}&to=${to}`);
  }

  list(viewer: User, seq: number, query = 'limit=500'): Promise<ReceiptPage> {
    return viewer.get(`${this.path}/messages/${seq}/receipts?${query}`);
  }

  history(viewer: User, query = 'limit=100'): Promise<MessagePage> {
    return viewer.get(`${this.path}/messages?${query}`);
  }

  /** The line of one member in a message's list. */
  async line(viewer: User, seq: number, member: User): Promise<ReceiptLine> {
    const { members } = await this.list(viewer, seq);
    const line = members.find(({ userId }) => userId === member.userId);
    if (!line) throw new Error(`${member.userId} is not in the list of ${seq}`);
    return line;
  }

  async status(member: User): Promise<GroupStatus> {
    const { groups } = await member.get<UnreadOverview>('/me/unread');
    const status = groups.find(({ groupId }) => groupId === this.groupId);
    if (!status) throw new Error(`${member.userId} does not have ${this.groupId}`);
    return status;
  }
}
