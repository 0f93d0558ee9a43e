import type { Message } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { User } from '../../support/wire/user.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';

const seqsOf = (messages: readonly Message[]): number[] => messages.map(({ seq }) => seq);

const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

async function wholeHistory(conversation: Conversation, viewer: User): Promise<Message[]> {
  const messages: Message[] = [];
  for (;;) {
    const after = messages.at(-1)?.seq ?? 0;
    const page = await conversation.history(viewer, `after=${after}&limit=100`);
    if (page.messages.length === 0) return messages;
    messages.push(...page.messages);
  }
}

describe('[MS1] [MS2] 200 sends at once from ten connections, a third of them twice', () => {
  const senders = 5;
  const perSender = 40;

  interface Planned {
    sender: number;
    clientMessageId: string;
    content: string;
  }

  const plan: Planned[] = Array.from({ length: senders * perSender }, (_, i) => ({
    sender: i % senders,
    clientMessageId: `m${i}`,
    content: `Message ${i}`,
  }));

  async function send(client: WireClient, groupId: string, planned: Planned): Promise<Message> {
    const { clientMessageId, content } = planned;
    const frame = { type: 'send_message', groupId, clientMessageId, content };
    return (await client.ask('message_sent', frame)).message;
  }

  it('end as 200 messages under dense seqs, none of them double', async () => {
    const users = await User.createAll('a', 'b', 'c', 'd', 'e');
    const conversation = await Conversation.start(users);
    const { groupId } = conversation;
    const pairs = await Promise.all(
      users.map((user) => Promise.all([user.connect(), user.connect()])),
    );
    const sent = plan.map(async (planned, i) => {
      const [first, second] = pairs[planned.sender] as [WireClient, WireClient];
      const attempts = [send(i % 2 ? first : second, groupId, planned)];
      if (i % 3 === 0) attempts.push(send(i % 2 ? second : first, groupId, planned));
      const answers = await Promise.all(attempts);
      expect(answers).toEqual(answers.map(() => answers[0]));
      return answers[0] as Message;
    });
    const acknowledged = await Promise.all(sent);

    const history = await wholeHistory(conversation, users[0] as User);
    expect(seqsOf(history)).toEqual(upTo(history.length));
    // Where two attempts met, the seq that one of them had taken is left as a tombstone.
    const messages = history.filter(({ recalled }) => !recalled);
    const bySeq = [...acknowledged].sort((a, b) => a.seq - b.seq);
    expect(messages.map(({ clientMessageId }) => clientMessageId)).toEqual(
      bySeq.map(({ clientMessageId }) => clientMessageId),
    );
    expect(messages).toMatchObject(bySeq);
    expect(messages).toHaveLength(plan.length);

    for (const user of users) {
      const { unreadCount } = await conversation.status(user);
      expect(unreadCount).toBe(plan.length - perSender);
    }
  });
});
