import type { Counts } from '@seenby/protocol/entities.ts';
import { type Arbitrary, array, constantFrom, nat, record, sample } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { bySeq, expectAgreement } from '../../support/wire/observation.ts';
import { User } from '../../support/wire/user.ts';

/** What everyone should have read and received, kept by hand. */
class Model {
  readonly read = new Map<string, Set<number>>();
  readonly delivered = new Map<string, Set<number>>();
  lastSeq = 0;

  constructor(members: readonly User[]) {
    for (const { userId } of members) {
      this.read.set(userId, new Set());
      this.delivered.set(userId, new Set());
    }
  }

  say(userId: string): void {
    this.lastSeq++;
    this.mark('read', userId, [this.lastSeq]);
  }

  mark(kind: 'read' | 'delivered', userId: string, seqs: readonly number[]): void {
    for (const seq of seqs) {
      if (kind === 'read') this.read.get(userId)?.add(seq);
      this.delivered.get(userId)?.add(seq);
    }
  }

  countsOf(seq: number): Counts {
    const having = (sets: Map<string, Set<number>>) =>
      [...sets.values()].filter((seqs) => seqs.has(seq)).length;
    const readCount = having(this.read);
    const totalCount = this.read.size;
    return {
      readCount,
      totalCount,
      unreadCount: totalCount - readCount,
      deliveredCount: having(this.delivered),
    };
  }

  unreadOf(userId: string): number {
    return this.lastSeq - (this.read.get(userId)?.size ?? 0);
  }
}

interface Step {
  who: number;
  what: 'say' | 'read' | 'delivered';
  how: 'upTo' | 'ids';
  where: number[];
}

const step: Arbitrary<Step> = record({
  who: nat(),
  what: constantFrom('say', 'read', 'read', 'delivered'),
  how: constantFrom('upTo', 'ids'),
  where: array(nat(), { minLength: 1, maxLength: 3 }),
});

async function take(
  { who, what, how, where }: Step,
  conversation: Conversation,
  model: Model,
): Promise<void> {
  const user = conversation.members[who % conversation.members.length] as User;
  if (what === 'say' || model.lastSeq === 0) {
    model.say(user.userId);
    await conversation.say(user);
    return;
  }
  const seqs = where.map((n) => (n % model.lastSeq) + 1);
  const [upTo] = seqs as [number];
  const { groupId, path } = conversation;
  const body = how === 'upTo' ? { upTo } : { messageIds: seqs.map((seq) => `${groupId}.${seq}`) };
  model.mark(what, user.userId, how === 'upTo' ? range(1, upTo) : seqs);
  await user.post(`${path}/${what}`, body);
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('[CT1] whatever is sent, read and delivered', () => {
  it.each([1, 2, 3])(
    'counts over any range, counts in the history and the lists agree and are right (seed %i)',
    async (seed) => {
      const members = await User.createAll('a', 'b', 'c', 'd');
      const conversation = await Conversation.start(members);
      const model = new Model(members);
      const steps = sample(step, { seed, numRuns: 20 });
      for (const [i, next] of steps.entries()) {
        await take(next, conversation, model);
        if (i % 5 === 4) await expectRight(conversation, model);
      }
    },
  );

  async function expectRight(conversation: Conversation, model: Model): Promise<void> {
    const seqs = range(1, model.lastSeq);
    const right = new Map(seqs.map((seq) => [seq, model.countsOf(seq)]));
    expect(await expectAgreement(conversation)).toEqual(right);
    for (const member of conversation.members) {
      const { unreadCount } = await conversation.status(member);
      expect(unreadCount).toBe(model.unreadOf(member.userId));
    }
  }
});

describe('[CT6] counts of a range', () => {
  it('are those of its messages, whatever the range, and cover it without gap or overlap', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    await conversation.sayMany(alice, 6);
    await conversation.read(bob, 2);
    await carol.post(`${conversation.path}/delivered`, { upTo: 4 });
    const whole = bySeq((await conversation.counts(alice, 1, 6)).counts);
    const bounds = range(1, 6).flatMap((from) => range(from, 6).map((to) => [from, to] as const));
    for (const [from, to] of bounds) {
      const { counts } = await conversation.counts(bob, from, to);
      const found = counts.flatMap(({ fromSeq, toSeq }) => range(fromSeq, toSeq));
      expect(found).toEqual(range(from, to));
      expect(bySeq(counts)).toEqual(new Map([...whole].filter(([s]) => s >= from && s <= to)));
    }
  });

  it('end at the last message, and take up to 1,000 seqs', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    await conversation.sayMany(users[0], 2);
    const { counts } = await conversation.counts(users[1], 1, 1000);
    expect(counts).toMatchObject([{ fromSeq: 1, toSeq: 2 }]);
  });

  it('[PU4] carry a version that rises with what they show', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const versions: number[] = [];
    for (let i = 0; i < 4; i++) {
      await conversation.say(alice);
      versions.push((await conversation.counts(alice, 1, 1)).version);
      await conversation.read(bob, i + 1);
      versions.push((await conversation.counts(bob, 1, 1)).version);
    }
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });
});
