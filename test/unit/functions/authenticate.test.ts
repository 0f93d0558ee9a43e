import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Authenticate, authenticator } from '../../../functions/auth/authenticate.ts';
import { IssuerKeys } from '../../../functions/auth/issuer-keys.ts';
import { TokenIssuer } from '../../support/token-issuer.ts';

const minuteMs = 60_000;

let issuer: TokenIssuer;
const time = { now: 0 };

beforeEach(async () => {
  issuer = await TokenIssuer.open();
  time.now = Date.now();
});
afterEach(() => issuer.close());

/** A sandbox that has just started: it knows no keys. */
function newSandbox(userIdClaim = 'sub', patience: { attemptMs?: number } = {}): Authenticate {
  const ports = { clock: () => time.now, random: () => 0, ...patience };
  const keys = new IssuerKeys(issuer.jwksUri, ports);
  return authenticator({ ...issuer, userIdClaim }, keys.find);
}

const alice = { outcome: 'authenticated', identity: { userId: 'alice' } };

/** Every way that an issuer fails to publish its keys. */
const failures: [string, TokenIssuer['answers']][] = [
  ['says nothing', 'silence'],
  ['stops in the middle of its answer', 'half an answer'],
  ['cuts the connection', 'reset'],
  ['answers 500', { status: 500, body: '{"keys":[]}' }],
  ['answers 404', { status: 404, body: 'Not Found' }],
  ['answers garbage', { body: '<html>maintenance</html>' }],
  ['answers JSON that is no key set', { body: '{"keys":"none"}' }],
  ['names no keys', { body: '{"keys":[]}' }],
];

describe.each(failures)('when the token issuer %s', (_, failure) => {
  it('[FA3] the keys it gave before are good for as long as that lasts', async () => {
    const authenticate = newSandbox('sub', { attemptMs: 200 });
    const token = await issuer.token({ sub: 'alice' });
    expect(await authenticate(token)).toMatchObject(alice);
    issuer.answers = failure;
    for (const minutes of [9, 2, 600, 6000]) {
      time.now += minutes * minuteMs;
      expect(await authenticate(token)).toMatchObject(alice);
    }
    issuer.answers = 'keys';
    issuer.published = ['second'];
    time.now += minuteMs;
    expect(await authenticate(token)).toEqual({ outcome: 'refused' });
  });

  it('[FA3] [FA5] a sandbox without keys asks twice, and fails rather than refuse', async () => {
    const authenticate = newSandbox('sub', { attemptMs: 200 });
    const token = await issuer.token({ sub: 'alice' });
    issuer.answers = failure;
    await expect(authenticate(token)).rejects.toThrow('the keys of the token issuer cannot be had');
    expect(issuer.asked).toBe(2);
    issuer.answers = 'keys';
    expect(await authenticate(token)).toMatchObject(alice);
  });
});

describe('[FA3] [FA5] a token of a key that is not known', () => {
  it('has the keys asked for again', async () => {
    const authenticate = newSandbox();
    await authenticate(await issuer.token({ sub: 'bob' }));
    issuer.published = ['first', 'second'];
    time.now += minuteMs;
    expect(
      await authenticate(await issuer.token({ sub: 'alice' }, { key: 'second' })),
    ).toMatchObject(alice);
    expect(await authenticate(await issuer.token({ sub: 'alice' }))).toMatchObject(alice);
    expect(issuer.asked).toBe(2);
  });

  it('does so twice a minute at most', async () => {
    const authenticate = newSandbox();
    for (let second = 0; second < 60; second += 5) {
      const made = await issuer.token({ sub: 'alice' }, { keyId: `made-up-${second}` });
      expect(await authenticate(made)).toEqual({ outcome: 'refused' });
      time.now += 5000;
    }
    expect(issuer.asked).toBe(2);
  });

  it('is a fault while the issuer cannot be asked: nobody else could tell', async () => {
    const authenticate = newSandbox();
    await authenticate(await issuer.token({ sub: 'alice' }));
    time.now += minuteMs;
    issuer.answers = 'reset';
    const token = await issuer.token({ sub: 'alice' }, { key: 'second' });
    for (const _ of ['asked', 'cooling down']) {
      await expect(authenticate(token)).rejects.toThrow('cannot be had');
    }
    expect(await authenticate(await issuer.token({ sub: 'alice' }))).toMatchObject(alice);
  });
});

describe('[SE1] a token that says where its key is', () => {
  it.each(['jku', 'x5u', 'kid', 'iss'])(
    'by %s is refused, and nobody is asked there',
    async (name) => {
      const elsewhere = await TokenIssuer.open();
      elsewhere.published = ['second'];
      const options = { key: 'second', header: { [name]: elsewhere.jwksUri } } as const;
      const keyId = name === 'kid' ? { keyId: elsewhere.jwksUri } : {};
      const claims = { sub: 'alice', ...(name === 'iss' && { iss: elsewhere.jwksUri }) };
      const token = await issuer.token(claims, { ...options, ...keyId });
      expect(await newSandbox()(token)).toEqual({ outcome: 'refused' });
      expect(issuer.asked).toBeGreaterThan(0);
      expect(elsewhere.asked).toBe(0);
      await elsewhere.close();
    },
  );
});

describe('[SE1] a service token', () => {
  const service = { outcome: 'service' };
  const scope = 'seenby/service';

  it('has the scope of the protocol, whatever user it names or does not', async () => {
    const authenticate = newSandbox('email');
    for (const claims of [{}, { sub: 'alice', email: 'a@example.com' }, { sub: 'no id' }]) {
      expect(await authenticate(await issuer.token({ scope, ...claims }))).toEqual(service);
      const more = { scope: `openid ${scope} other`, ...claims };
      expect(await authenticate(await issuer.token(more))).toEqual(service);
    }
  });

  it.each(['seenby/services', 'Seenby/service', 'xseenby/service', ['seenby/service'], '', null])(
    'is none with the scope %o',
    async (other) => {
      const token = await issuer.token({ sub: 'alice', scope: other });
      expect(await newSandbox()(token)).toMatchObject(alice);
    },
  );

  it('is made for its own audience where there is one: neither kind of token passes for the other', async () => {
    const keys = new IssuerKeys(issuer.jwksUri, { clock: () => time.now, random: () => 0 });
    const settings = { ...issuer, userIdClaim: 'sub', serviceAudience: 'machine' };
    const authenticate = authenticator(settings, keys.find);
    const outcomeOf = async (claims: object) => {
      const token = await issuer.token({ sub: 'alice', ...claims });
      return (await authenticate(token)).outcome;
    };
    const ofClient = { aud: undefined, client_id: 'machine' };
    expect(await outcomeOf({ scope, ...ofClient })).toBe('service');
    expect(await outcomeOf(ofClient)).toBe('refused');
    expect(await outcomeOf({ scope })).toBe('refused');
    expect(await outcomeOf({})).toBe('authenticated');
  });

  it('expires as every token does', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const authenticate = newSandbox();
    const expired = await issuer.token({ scope, exp: seconds - 60 });
    expect(await authenticate(expired)).toEqual({ outcome: 'expired' });
    expect(await authenticate(await issuer.token({ scope, exp: undefined }))).toEqual({
      outcome: 'refused',
    });
    const foreign = await issuer.token({ scope, iss: 'https://elsewhere.example.com' });
    expect(await authenticate(foreign)).toEqual({ outcome: 'refused' });
  });
});

describe('[SE1] the user', () => {
  it.each([
    ['sub', { sub: 'auth0|5f7c8ec7c33c6c004bbafe82' }, 'auth0|5f7c8ec7c33c6c004bbafe82'],
    ['sub', { sub: '110169484474386276334' }, '110169484474386276334'],
    ['sub', { sub: '@alice:matrix.example.org' }, '@alice:matrix.example.org'],
    [
      'preferred_username',
      { sub: 'x', preferred_username: 'alice@example.com' },
      'alice@example.com',
    ],
    ['https://example.com/userId', { sub: 'x', 'https://example.com/userId': 'alice' }, 'alice'],
    ['constructor', { sub: 'x', constructor: 'alice' }, 'alice'],
  ])('is the claim %s of the token', async (claim, claims, userId) => {
    const authenticate = newSandbox(claim);
    expect(await authenticate(await issuer.token(claims))).toMatchObject({ identity: { userId } });
  });

  it.each([
    ['preferred_username', { sub: 'alice' }],
    ['preferred_username', { sub: 'alice', preferred_username: 'no id' }],
    ['preferred_username', { sub: 'alice', preferred_username: ['alice'] }],
    ['preferred_username', { sub: 'alice', preferred_username: null }],
    ['constructor', { sub: 'alice' }],
    ['sub', { preferred_username: 'alice' }],
  ])('is nobody without an id in the claim %s', async (claim, claims) => {
    const authenticate = newSandbox(claim);
    expect(await authenticate(await issuer.token(claims))).toEqual({ outcome: 'refused' });
  });

  it('[SE4] has the name and the picture of the token, if they are what they should be', async () => {
    const identityFor = async (claims: object) => {
      const found = await newSandbox()(await issuer.token({ sub: 'alice', ...claims }));
      const { expiresAt: _at, ...identity } = (found as { identity: { expiresAt: number } })
        .identity;
      return identity;
    };
    const picture = 'https://example.com/a.png?size=64#face';
    const named = { userId: 'alice', name: 'Alice', picture };
    expect(await identityFor({ name: 'Alice', picture })).toEqual(named);
    const pictures = ['http://example.com/a.png', 'javascript:alert(1)', 'https://a b', 7];
    for (const bad of [...pictures, `https://e.com/${'a'.repeat(1024)}`, 'https://', '']) {
      expect(await identityFor({ picture: bad })).toEqual({ userId: 'alice' });
    }
    for (const bad of ['', null, 7])
      expect(await identityFor({ name: bad })).toEqual({ userId: 'alice' });
  });

  it('[SE4] may have a token that never runs out, and a time that can be written down', async () => {
    const authenticate = newSandbox();
    const found = await authenticate(await issuer.token({ sub: 'alice', exp: 1e300 }));
    expect(found).toMatchObject(alice);
    const { expiresAt } = (found as { identity: { expiresAt: number } }).identity;
    expect(JSON.parse(JSON.stringify(expiresAt))).toBeGreaterThan(time.now);
  });

  it('[SE1][SE4] is nobody with a time beyond every number', async () => {
    const token = await issuer.token({ sub: 'alice', exp: 1e308 });
    expect(await newSandbox()(token)).toEqual({ outcome: 'refused' });
  });
});
