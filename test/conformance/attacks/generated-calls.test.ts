import { splitRoute } from '@seenby/protocol/http-requests.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { expect, it } from 'vitest';
import { CallGenerator, type GeneratedRequest } from '../../support/attacks/generate-call.ts';
import { RandomSource } from '../../support/attacks/random-source.ts';
import { usually } from '../../support/nightly.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { observe } from '../../support/wire/observation.ts';
import { User } from '../../support/wire/user.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';

const seed = Number(process.env.SEENBY_ATTACK_SEED ?? 20_261_127);
const calls = usually(2000, { nightly: 20_000 });
const attackers = 10;
/** In flight at once on a connection, which may have twenty of them on AWS. */
const framesAtOnce = 20;
const requestsAtOnce = 5;

/** Of a segment or a value of the address: what is much longer the gateway refuses before anybody reads it. */
const maxCharacters = 200;

/** Sends frames whose replies cannot be told apart, and waits until most have been worked off. */
async function sendAll(client: WireClient, texts: readonly string[]): Promise<void> {
  for (const text of texts) client.sendInParts(text, 8000);
  await client.ask('pong', { type: 'ping' });
}

async function requestOf(user: User, { route, raw }: GeneratedRequest) {
  const { method, path } = splitRoute(route);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    toPathSegment((raw.path[name] || '%').slice(0, maxCharacters).toWellFormed()),
  );
  const short = Object.entries(raw.query).map(([name, text = '']) => [
    name,
    text.slice(0, maxCharacters),
  ]);
  const query = new URLSearchParams(short);
  const body = method === 'GET' ? undefined : raw.body;
  return user.call(method, `${filled}${query.size > 0 ? `?${query}` : ''}`, body);
}

it(`[SE4] ${calls} generated frames and requests of seed ${seed} by sockets: documented answers, and nothing changes for others`, async () => {
  const { conversation, users } = await Conversation.among('alice', 'bob');
  await conversation.sayMany(users[0], 3);
  await conversation.read(users[1], 2);
  const labels = Array.from({ length: attackers }, (_, i) => `mallory-${i}`);
  const malloryAndFriends = await User.createAll(...labels);
  const own = await Conversation.start(malloryAndFriends);
  await own.sayMany(malloryAndFriends[0] as User, 3);
  // A source of chance for each, or what is called would depend on who is faster.
  const generatorOf = (attacker: number) =>
    new CallGenerator(new RandomSource(seed + attacker), {
      groupIds: [conversation.groupId, own.groupId],
      // Whom anybody puts into a group of their own sees that: this is no attack.
      userIds: malloryAndFriends.map(({ userId }) => userId),
      maxSeq: 4,
      cursors: [],
    });
  const before = await observe(conversation);
  const statuses = new Map<number, number>();

  const attack = async (mallory: User, attacker: number) => {
    const generator = generatorOf(attacker);
    const client = await mallory.open();
    let left = calls / attackers;
    while (left > 0) {
      const frames = Array.from({ length: framesAtOnce }, () => generator.frame().text);
      await sendAll(client, frames);
      const requests = Array.from({ length: requestsAtOnce }, () => generator.request());
      for (const request of requests) {
        const { status } = await requestOf(mallory, request);
        expect(status, JSON.stringify(request)).not.toBe(500);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      left -= framesAtOnce + requestsAtOnce;
    }
    // Frames are worked off at the same time: what is slow may come after the pong of one ping.
    for (let i = 0; i < framesAtOnce; i++) await client.ask('pong', { type: 'ping' });
    for (const frame of client.received('error')) expect(frame.code).not.toBe('INTERNAL');
    expect(client.received('error').length).toBeGreaterThan(20);
  };
  await Promise.all(malloryAndFriends.map(attack));
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 404]));
  expect(await observe(conversation)).toEqual(before);
});
