import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose';
import { service, uniqueId } from './service.ts';

interface BadToken {
  kind: string;
  /** The code over HTTP; an upgrade only says 401. */
  code: 'UNAUTHORIZED' | 'TOKEN_EXPIRED';
  make: () => Promise<string | undefined>;
}

const goodToken = () => service.issueToken({ account: uniqueId('mallory') });

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A good token with other parts; undefined keeps the part. */
async function altered(change: {
  header?: object;
  payload?: object;
  signature?: (signed: string) => string;
}): Promise<string> {
  const token = await goodToken();
  const header = encode({ ...decodeProtectedHeader(token), ...change.header });
  const payload = encode({ ...decodeJwt(token), ...change.payload });
  const kept = token.split('.')[2] ?? '';
  return `${header}.${payload}.${change.signature?.(`${header}.${payload}`) ?? kept}`;
}

/** A good token with other claims or another algorithm, signed with the issuer's own key. */
async function resigned(claims: Record<string, unknown>, alg = 'RS256'): Promise<string> {
  const token = await goodToken();
  const { alg: _own, ...jwk } = service.signingKey ?? {};
  return new SignJWT({ ...decodeJwt(token), ...claims })
    .setProtectedHeader({ ...decodeProtectedHeader(token), alg })
    .sign(await importJWK(jwk, alg));
}

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strangersKey = stranger.publicKey.export({ format: 'jwk' });

/** A good token but for the key; `header` says where to look for that. */
async function signedByStranger(header: Record<string, unknown> = {}): Promise<string> {
  const token = await goodToken();
  const { kid, ...own } = { ...decodeProtectedHeader(token), alg: 'RS256', ...header };
  return new SignJWT(decodeJwt(token))
    .setProtectedHeader({ ...own, ...(kid !== undefined && { kid }) })
    .sign(stranger.privateKey);
}

/** What a verifier that believes the header would take the stranger's key from. */
const misleading: [kind: string, header: Record<string, unknown>][] = [
  ['no kid', { kid: undefined }],
  ['an unknown kid', { kid: uniqueId('key') }],
  ['a kid that is a path', { kid: '../../../../dev/null' }],
  ['a kid that is a query', { kid: "x' UNION SELECT 'key'; --" }],
  ['a kid named __proto__', { kid: '__proto__' }],
  ['a kid that is an address', { kid: 'https://elsewhere.example/key' }],
  ['its own key (jwk)', { jwk: strangersKey }],
  ['an address of keys (jku)', { jku: 'https://elsewhere.example/keys' }],
  ['an address of a certificate (x5u)', { x5u: 'https://elsewhere.example/cert' }],
  [
    'a certificate (x5c)',
    { x5c: [stranger.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')] },
  ],
];

const audienceOf = async () => String(decodeJwt(await goodToken()).aud);
const nowSeconds = () => Math.floor(Date.now() / 1000);
const refused = (kind: string, make: BadToken['make']): BadToken => ({
  kind,
  code: 'UNAUTHORIZED',
  make,
});

/** Bad tokens that anyone can make. */
const forgeries: BadToken[] = [
  refused('none at all', async () => undefined),
  refused('garbage', async () => 'garbage'),
  refused('three parts of garbage', async () => 'a.b.c'),
  refused('a changed user', () => altered({ payload: { sub: uniqueId('victim') } })),
  refused('algorithm none', () => altered({ header: { alg: 'none' }, signature: () => '' })),
  refused('HS256 with a guessed secret', () =>
    altered({
      header: { alg: 'HS256' },
      signature: (signed) => createHmac('sha256', 'secret').update(signed).digest('base64url'),
    }),
  ),
  refused('algorithm None', () => altered({ header: { alg: 'None' }, signature: () => '' })),
  refused('no signature', () => altered({ signature: () => '' })),
  refused('no algorithm', () => altered({ header: { alg: undefined } })),
  refused('an algorithm that is a list', () => altered({ header: { alg: ['none', 'RS256'] } })),
  refused('an extension that nobody knows (crit)', () =>
    altered({ header: { crit: ['exp2'], exp2: 1 } }),
  ),
  refused('a payload as it is (b64)', () => altered({ header: { b64: false, crit: ['b64'] } })),
  refused('five parts, as encrypted ones have', async () => `${await goodToken()}.a.b`),
  refused('four parts', async () => `${await goodToken()}.a`),
  refused(
    'a good token in another one',
    async () =>
      `${encode({ alg: 'RS256' })}.${Buffer.from(await goodToken()).toString('base64url')}.x`,
  ),
  refused('a payload that is a list', async () => {
    const [header, , signature] = (await goodToken()).split('.');
    return `${header}.${encode([{ sub: 'victim' }])}.${signature}`;
  }),
  refused('8,000 letters', async () => 'x'.repeat(8000)),
  refused('a thousand dots', async () => '.'.repeat(1000)),
  refused('a payload of 6,000 letters', () => altered({ payload: { padding: 'x'.repeat(4500) } })),
  refused('RS256 by another key', signedByStranger),
  ...misleading.map(([kind, header]) =>
    refused(`RS256 by another key, with ${kind}`, () => signedByStranger(header)),
  ),
];

/** The public key is no secret: a verifier that takes HMAC as well would take this. */
async function signedWithPublicKey(): Promise<string> {
  const { kty = 'RSA', n = '', e = '' } = service.signingKey ?? {};
  const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
  const secret = key.export({ type: 'spki', format: 'pem' });
  return altered({
    header: { alg: 'HS256' },
    signature: (signed) => createHmac('sha256', secret).update(signed).digest('base64url'),
  });
}

/** Tokens the issuer itself might sign, if it were another one or mistaken. */
const issuedWrongly: BadToken[] = [
  refused('another issuer', () => resigned({ iss: 'https://elsewhere.example' })),
  refused('another audience', () => resigned({ aud: 'elsewhere' })),
  refused('the client of another application', () =>
    resigned({ aud: undefined, client_id: 'elsewhere' }),
  ),
  refused('another audience, and the client of this one', () =>
    audienceOf().then((client_id) => resigned({ aud: 'elsewhere', client_id })),
  ),
  refused('no audience', () => resigned({ aud: undefined })),
  refused('an audience that only begins alike', async () =>
    resigned({ aud: `${await audienceOf()}.elsewhere` }),
  ),
  refused('an issuer that only begins alike', async () =>
    resigned({ iss: `${decodeJwt(await goodToken()).iss}.elsewhere` }),
  ),
  refused('an issuer with a slash more', async () =>
    resigned({ iss: `${decodeJwt(await goodToken()).iss}/` }),
  ),
  refused('no issuer', () => resigned({ iss: undefined })),
  refused('an expiry that is text', () => resigned({ exp: '9999999999' })),
  refused('an expiry that is a list', () => resigned({ exp: [9_999_999_999] })),
  refused('a user that is a list', () => resigned({ sub: ['alice'] })),
  refused('a user that is a number', () => resigned({ sub: 7 })),
  refused('a user that is an object', () => resigned({ sub: { toString: 'alice' } })),
  refused('a user of 129 letters', () => resigned({ sub: 'x'.repeat(129) })),
  refused('a user with a line end', () => resigned({ sub: 'alice\n' })),
  refused('an empty user', () => resigned({ sub: '' })),
  refused('no expiry', () => resigned({ exp: undefined })),
  refused('not yet valid', () => resigned({ nbf: nowSeconds() + 600 })),
  refused('no user', () => resigned({ sub: undefined })),
  refused('a user id that is none', () => resigned({ sub: 'G#x' })),
  refused('HS256 with the public key for a secret', signedWithPublicKey),
  refused('RS512', () => resigned({}, 'RS512')),
  refused('PS256', () => resigned({}, 'PS256')),
  { kind: 'expired', code: 'TOKEN_EXPIRED', make: () => resigned({ exp: nowSeconds() - 60 }) },
];

/** Every kind of token that must not get in, as far as this service's tests can make it. */
export const badTokens: readonly BadToken[] = service.signingKey
  ? [...forgeries, ...issuedWrongly]
  : forgeries;

/** When a token runs out, in epoch milliseconds. */
export const expiryOf = (token: string): number => (decodeJwt(token).exp ?? 0) * 1000;
