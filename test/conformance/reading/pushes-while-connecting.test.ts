import { expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';

const connections = 18;

it('[PU1] [PU6] a connection that opens while its user is pushed to gets all that is pushed later', async () => {
  const { conversation, users } = await Conversation.among('alice', 'bob', 'cy', 'di');
  const [alice, bob, ...others] = users;
  const clients: WireClient[] = [];
  // API Gateway answers 410 for a connection that is not open yet, as for one that is no more.
  const speak = async (speaker: typeof alice) => {
    while (clients.length < connections) await conversation.say(speaker);
  };
  const spoken = Promise.all(others.map(speak));
  // All at once: each takes its time then.
  const opening = Array.from({ length: connections }, () => bob.connect());
  clients.push(...(await Promise.all(opening)));
  await spoken;

  const { seq } = await conversation.say(alice);
  const arrived = clients.map((client) =>
    client.next('new_message', ({ message }) => message.seq === seq),
  );
  expect(await Promise.all(arrived)).toHaveLength(connections);
});
