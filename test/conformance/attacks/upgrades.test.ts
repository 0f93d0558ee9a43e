import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { observe } from '../../support/wire/observation.ts';
import { service } from '../../support/wire/service.ts';
import { type UpgradeOutcome, upgrade } from '../../support/wire/upgrade.ts';
import { socketUrl, User } from '../../support/wire/user.ts';

const subprotocols = (...tokens: string[]) => ['seenby.v1', ...tokens.map((t) => `bearer.${t}`)];

const statusOf = (outcome: UpgradeOutcome): number => {
  if (outcome.outcome === 'refused') return outcome.status;
  outcome.client.vanish();
  return 101;
};

describe('[SE1] an upgrade with two tokens', () => {
  it('is judged by that of the subprotocol, and by the first of two', async () => {
    const { token } = await User.create('alice');
    const [bad, worse] = ['x.y.z', `${token.slice(0, -8)}tampered`];
    const asked = {
      'a bad subprotocol, a good query': { url: socketUrl(token), protocols: subprotocols(bad) },
      'two, the first one bad': { url: service.wsUrl, protocols: subprotocols(worse, token) },
      'a bad query twice': { url: `${socketUrl(bad)}&token=${worse}` },
      'other names': { url: `${service.wsUrl}?Token=${token}&access_token=${token}` },
    };
    for (const [what, how] of Object.entries(asked)) {
      expect([what, statusOf(await upgrade(how))]).toEqual([what, 401]);
    }
  });
});

/** The gateway's way to a connection for the functions of the stack, by HTTP; the stage is `v1`. */
const connectionUrl = (connectionId: string): string => {
  const { origin } = new URL(service.wsUrl.replace(/^ws/, 'http'));
  return `${origin}/v1/@connections/${encodeURIComponent(connectionId)}`;
};

describe('[SE7] the way by which functions reach a connection', () => {
  it.each(['POST', 'GET', 'DELETE'])(
    'is closed to %s without a signature of AWS',
    async (method) => {
      const alice = await User.create('alice');
      const client = await alice.open();
      const { connectionId } = await client.ask('connection_established', { type: 'hello' });
      const signed =
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261127/us-east-1/execute-api/aws4_request';
      const attempts: HeadersInit[] = [
        {},
        { authorization: `Bearer ${alice.token}` },
        { authorization: `${signed}, SignedHeaders=host, Signature=${'0'.repeat(64)}` },
      ];
      for (const headers of attempts) {
        const body = method === 'POST' ? '{"type":"group_removed"}' : null;
        const response = await fetch(connectionUrl(connectionId), { method, headers, body });
        await response.text();
        expect(response.status).toBe(403);
      }
      await client.ask('pong', { type: 'ping' });
      expect(client.received('group_removed')).toEqual([]);
    },
  );
});

describe('[SE9] sockets without end', () => {
  it('of one user at once: twenty stay, the rest are told why, and others do not notice', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const other = await bob.connect();
    const sockets = await Promise.all(Array.from({ length: 60 }, () => alice.open()));
    const codes = await Promise.all(
      sockets.map(async (client) => {
        // Some were told before; of a connection that was still opening the service closes none.
        if (client.received('error').length === 0) client.send({ type: 'hello' });
        const told = await client.until('a word', () => client.frames[0]);
        return told.type === 'error' ? told.code : told.type;
      }),
    );
    expect(codes.filter((code) => code === 'TOO_MANY').length).toBeGreaterThanOrEqual(40);
    await conversation.say(bob);
    await other.next('new_message');
    const staying = sockets.filter((client) => client.received('error').length === 0);
    expect(staying).toHaveLength(20);
    await Promise.all(staying.map((client) => client.next('new_message')));
    const ended = sockets.filter((client) => !staying.includes(client));
    expect(new Set(await Promise.all(ended.map(({ closed }) => closed)))).toEqual(new Set([1000]));
  });

  it('one after another: after 120 at once the upgrade is refused with 429, that of others is not', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const statuses: number[] = [];
    for (let i = 0; i < 15; i++) {
      const outcomes = Array.from({ length: 10 }, () => upgrade({ url: socketUrl(alice.token) }));
      statuses.push(...(await Promise.all(outcomes)).map(statusOf));
    }
    expect(new Set(statuses)).toEqual(new Set([101, 429]));
    expect(statuses.filter((status) => status === 101).length).toBeGreaterThanOrEqual(120);
    await bob.connect();
  });
});

describe('[SE4] what is no text', () => {
  it('ends its connection and no other, and writes nothing', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.say(alice);
    const before = await observe(conversation);
    const [broken, healthy] = [await bob.open(), await bob.open()];
    const mark = JSON.stringify({ type: 'mark_read', groupId: conversation.groupId, upTo: 1 });
    broken.sendText(Buffer.concat([Buffer.from(mark.slice(0, -1)), Buffer.from([0xff, 0x7d])]));
    expect([1003, 1006, 1007]).toContain(await broken.closed);
    await healthy.ask('pong', { type: 'ping' });
    expect(await observe(conversation)).toEqual(before);
  });
});
