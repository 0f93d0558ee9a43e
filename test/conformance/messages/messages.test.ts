import type { Message } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { uniqueId } from '../../support/wire/service.ts';
import type { User } from '../../support/wire/user.ts';

const seqsOf = (messages: readonly Message[]): number[] => messages.map(({ seq }) => seq);

const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

describe('sending', () => {
  it('answers the message as everyone will see it', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const client = await alice.connect();
    const sent = {
      clientMessageId: uniqueId('m'),
      content: 'Grüße, 世界 👋',
      messageType: 'image',
      mentions: [bob.userId],
    };
    const { groupId } = conversation;
    const { message } = await client.ask('message_sent', {
      type: 'send_message',
      groupId,
      ...sent,
    });
    expect(message).toEqual({
      ...sent,
      messageId: expect.any(String),
      groupId,
      seq: 1,
      senderId: alice.userId,
      createdAt: expect.any(Number),
    });
    const { messages } = await conversation.history(bob);
    expect(messages).toEqual([expect.objectContaining(message)]);
  });

  it('brings its metadata to everybody as it was sent', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const client = await bob.connect();
    const metadata = {
      order: { id: 12345678901234567000, tags: ['a', null], deep: [[[{}]]] },
      '': 0.1,
    };
    const sent = { clientMessageId: uniqueId('m'), content: '', messageType: 'custom', metadata };
    const { messageType, ...answered } = await conversation.say(alice, sent);
    expect([messageType, answered.metadata]).toEqual(['custom', metadata]);
    const { message } = await client.next('new_message');
    expect([message, (await conversation.history(bob)).messages[0]]).toEqual([
      { ...answered, messageType },
      expect.objectContaining({ ...answered, messageType }),
    ]);
    const again = { ...sent, metadata: { ...metadata, '': 0.2 } };
    const path = `${conversation.path}/messages`;
    expect(await alice.call('POST', path, sent)).toMatchObject({ status: 200 });
    const conflict = { status: 409, body: { error: { code: 'CONFLICT' } } };
    expect(await alice.call('POST', path, again)).toMatchObject(conflict);
  });

  it('[MS1] numbers the messages of a group from 1 on, on both transports', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const client = await bob.connect();
    const { groupId } = conversation;
    for (const seq of [1, 3, 5]) {
      expect((await conversation.say(alice)).seq).toBe(seq);
      const frame = { type: 'send_message', groupId, clientMessageId: `m${seq}`, content: 'x' };
      const { message } = await client.ask('message_sent', frame);
      expect(message.seq).toBe(seq + 1);
    }
  });

  it('[MS3] is durable once answered: the very next request finds the message', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    for (let i = 0; i < 5; i++) {
      const message = await conversation.say(alice);
      const { messages, lastSeq } = await conversation.history(bob);
      expect(messages.at(-1)).toMatchObject(message);
      expect(lastSeq).toBe(message.seq);
    }
  });

  it('takes 8 KB of content, counted in bytes', async () => {
    const { conversation, users } = await Conversation.among('alice');
    const content = 'é'.repeat(4096);
    expect((await conversation.say(users[0], { content })).content).toBe(content);
  });
});

describe('[MS2] sending again', () => {
  it('gives the same message on either transport, and says 200 instead of 201', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice] = users;
    const body = { clientMessageId: uniqueId('m'), content: 'Once' };
    const client = await alice.connect();
    const frame = { type: 'send_message', groupId: conversation.groupId, ...body };

    const first = await alice.call('POST', `${conversation.path}/messages`, body);
    const second = await alice.call('POST', `${conversation.path}/messages`, body);
    const third = await client.ask('message_sent', frame);

    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    expect({ message: third.message }).toEqual(first.body);
    expect((await conversation.history(alice)).lastSeq).toBe(1);
  });

  it('pushes nothing a second time', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const listener = await bob.connect();
    const again = { clientMessageId: uniqueId('m') };
    await conversation.say(alice, again);
    await conversation.say(alice, again);
    const last = await conversation.say(alice);
    await listener.next('new_message', ({ message }) => message.seq === last.seq);
    expect(listener.received('new_message')).toHaveLength(2);
  });

  it.each([
    ['content', { content: 'Two' }],
    ['messageType', { messageType: 'image' }],
    ['mentions', { mentions: ['bob'] }],
  ])('with another %s is CONFLICT', async (_what, change) => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice] = users;
    const body = { clientMessageId: uniqueId('m'), content: 'One' };
    await alice.post(`${conversation.path}/messages`, body);
    const other = { ...body, ...change };

    const answer = await alice.call('POST', `${conversation.path}/messages`, other);
    expect([answer.status, answer.body.error.code]).toEqual([409, 'CONFLICT']);
    const client = await alice.connect();
    const frame = { type: 'send_message', groupId: conversation.groupId, ...other };
    expect(await client.request(frame)).toMatchObject([{ type: 'error', code: 'CONFLICT' }]);
    expect((await conversation.history(alice)).messages).toMatchObject([{ seq: 1, ...body }]);
  });

  it('is another message from another sender or in another group', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const elsewhere = await Conversation.start([alice, bob]);
    const same = { clientMessageId: uniqueId('m') };
    const sent = [
      await conversation.say(alice, same),
      await conversation.say(bob, same),
      await elsewhere.say(alice, same),
    ];
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(3);
  });
});

describe('[MS5] history', () => {
  it('pages both ways', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 7);
    const page = async (query: string) => seqsOf((await conversation.history(bob, query)).messages);
    expect(await page('')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await page('limit=3')).toEqual([5, 6, 7]);
    expect(await page('before=5&limit=3')).toEqual([2, 3, 4]);
    expect(await page('before=2&limit=3')).toEqual([1]);
    expect(await page('before=1')).toEqual([]);
    expect(await page('after=0&limit=3')).toEqual([1, 2, 3]);
    expect(await page('after=5&limit=3')).toEqual([6, 7]);
    expect(await page('after=7')).toEqual([]);
    expect(await page('after=1000')).toEqual([]);
    expect(await page('before=1000&limit=2')).toEqual([6, 7]);
  });

  it('of a group without messages is empty', async () => {
    const { conversation, users } = await Conversation.among('alice');
    expect(await conversation.history(users[0])).toEqual({ messages: [], lastSeq: 0 });
  });

  it('has neither gap nor repeat, forwards and backwards, while messages arrive', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    await conversation.sayMany(alice, 10);
    const total = 60;
    let sending = true;
    const writing = Promise.all([
      conversation.sayMany(alice, (total - 10) / 2),
      conversation.sayMany(bob, (total - 10) / 2),
    ]).finally(() => {
      sending = false;
    });

    const forwards: number[] = [];
    let isLast = false;
    while (!isLast) {
      isLast = !sending;
      const page = await conversation.history(carol, `after=${forwards.at(-1) ?? 0}&limit=7`);
      forwards.push(...seqsOf(page.messages));
      isLast &&= page.messages.length === 0;
      if (forwards.length % 3 === 0) await expectWayBack(conversation, carol);
    }
    await writing;
    expect(forwards).toEqual(upTo(total));
  });

  async function expectWayBack(conversation: Conversation, viewer: User): Promise<void> {
    let seqs = seqsOf((await conversation.history(viewer, 'limit=7')).messages);
    const newest = seqs.at(-1) ?? 0;
    while ((seqs[0] ?? 1) > 1) {
      const page = await conversation.history(viewer, `before=${seqs[0]}&limit=7`);
      seqs = [...seqsOf(page.messages), ...seqs];
    }
    expect(seqs).toEqual(upTo(newest));
  }
});
