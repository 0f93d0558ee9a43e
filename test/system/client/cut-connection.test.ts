import { expect, it } from 'vitest';
import type { GroupHandle } from '../../../packages/client/src/groups/group-handle.ts';
import type { SendOutcome } from '../../../packages/client/src/timeline/messages.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { bySeq } from '../../support/wire/observation.ts';
import { until } from '../../support/wire/until.ts';
import type { User } from '../../support/wire/user.ts';
import { memoryStorage } from '../../unit/client/support/scripted-client.ts';
import { sequenceOf } from '../../unit/client/support/sequence.ts';
import { CuttableSockets } from './cuttable-sockets.ts';
import { connectAtLast, realClient } from './real-client.ts';

const cutsWanted = 50;

/** A client whose connection ends, with the frame on its way, after a few frames every time. */
async function fragileClient(user: User, groupId: string) {
  const roll = sequenceOf(7);
  const sockets = new CuttableSockets();
  let framesLeft = 6;
  sockets.losesFrame = () => {
    if (sockets.cuts >= cutsWanted || --framesLeft > 0) return false;
    framesLeft = 2 + roll(6);
    return true;
  };
  const storage = memoryStorage();
  const { openSocket } = sockets;
  const client = realClient(user, {
    storage,
    // Retries at once: the waiting itself is tested with a clock that is not real.
    environment: { openSocket, random: () => 0.001 },
  });
  const group = client.group(groupId);
  const arrived: number[] = [];
  group.on('message', ({ message }) => arrived.push(message.seq));
  await group.subscribe();
  await connectAtLast(client);
  return { client, group, sockets, storage, arrived };
}

const receiptsOf = (group: GroupHandle, lastSeq: number) =>
  Array.from({ length: lastSeq }, (_, i) => group.getReceipt(i + 1)?.read);

it('[SY1] [SY3] [PU4] loses nothing when its connection is cut fifty times', async () => {
  // Three others take turns: nobody may do more than a hundred things at once.
  const { conversation, users } = await Conversation.among('alice', 'bob', 'cy', 'di');
  const [alice, ...others] = users;
  const { client, group, sockets, storage, arrived } = await fragileClient(
    alice,
    conversation.groupId,
  );
  const outcomes: Promise<SendOutcome>[] = [];
  for (let i = 0; sockets.cuts < cutsWanted; i++) {
    const other = others[i % others.length] as User;
    if (i % 4 === 0) outcomes.push(group.send(`alice ${i}`));
    const { seq } = await conversation.say(other, { content: `message ${i}` });
    if (i % 5 === 0) await conversation.read(other, seq);
    group.markRead();
  }
  const sent = await Promise.all(outcomes);
  const { messages, lastSeq } = await conversation.history(alice);
  const allSeqs = Array.from({ length: lastSeq }, (_, i) => i + 1);

  // Each message is stored once, arrives once, and stays.
  const stored = sent.flatMap((each) => (each.outcome === 'sent' ? [each.message.seq] : []));
  expect(stored).toHaveLength(outcomes.length);
  expect(new Set(stored).size).toBe(outcomes.length);
  expect(stored).toEqual([...stored].sort((a, b) => a - b));
  await until(client, 'the last message', () => group.messages.length === lastSeq);
  expect([...arrived].sort((a, b) => a - b)).toEqual(allSeqs);
  expect(messages.slice(-5).map(({ content }) => content)).toEqual(
    group.messages.slice(-5).map(({ content }) => content),
  );

  // Everything that was read is read, and every receipt is there.
  group.markRead();
  await until(client, 'the last confirmation', () => !group.hasPendingReceipts);
  // Which state of the service it was left in, and nothing that waits.
  expect(storage.size()).toBe(1);
  const status = await conversation.status(alice);
  expect([status.readSeq, status.unreadCount]).toEqual([lastSeq, 0]);
  expect([group.readSeq, client.totalUnread]).toEqual([lastSeq, 0]);
  const truth = bySeq((await conversation.counts(alice, 1, lastSeq)).counts);
  expect(truth.size).toBe(lastSeq);
  const reads = allSeqs.map((seq) => truth.get(seq)?.readCount);
  await expect.poll(() => receiptsOf(group, lastSeq)).toEqual(reads);
  expect(sockets.cuts).toBe(cutsWanted);
});
