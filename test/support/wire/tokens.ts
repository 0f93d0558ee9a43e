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

async function signedByStranger(): Promise<string> {
  const token = await goodToken();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const header = { ...decodeProtectedHeader(token), alg: 'RS256' };
  return new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(privateKey);
}

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
  refused('RS256 by another key', signedByStranger),
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
