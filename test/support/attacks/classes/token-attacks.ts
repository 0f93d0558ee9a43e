import type { AttackClass } from './attack-class.ts';

const authentication = 'test/conformance/edges/authentication.test.ts';
const tokens = 'test/support/wire/tokens.ts';
const matrix = 'test/service/attacks/matrix.test.ts';
const upgrades = 'test/conformance/attacks/upgrades.test.ts';
const requests = 'test/conformance/attacks/requests.test.ts';
const acting = 'test/conformance/backends/acting.test.ts';

const ofTokens: AttackClass[] = [
  {
    attack: 'No token, or what is none',
    answer: '401 on every route, before anything else is looked at, and on the upgrade',
    shownBy: [
      [authentication, 'answers 401 before anything else'],
      [tokens, 'none at all'],
      [tokens, '8,000 letters'],
    ],
  },
  {
    attack: 'A token without a signature (`none`, `None`, empty)',
    answer: '401',
    shownBy: [
      [tokens, 'algorithm none'],
      [tokens, 'algorithm None'],
      [tokens, 'no signature'],
    ],
  },
  {
    attack: 'HS256 with a guessed secret, or with the public key for one',
    answer: '401',
    shownBy: [
      [tokens, 'HS256 with a guessed secret'],
      [tokens, 'HS256 with the public key for a secret'],
    ],
  },
  {
    attack: 'Another algorithm (RS512, PS256)',
    answer: '401',
    shownBy: [
      [tokens, 'RS512'],
      [tokens, 'PS256'],
      [tokens, 'an algorithm that is a list'],
    ],
  },
  {
    attack: 'The key of somebody else',
    answer: '401',
    shownBy: [[tokens, 'RS256 by another key']],
  },
  {
    attack: '`kid` that is a path, a query, an address or `__proto__`',
    answer: '401',
    shownBy: [
      [tokens, 'a kid that is a path'],
      [tokens, 'a kid named __proto__'],
    ],
  },
  {
    attack: '`jku`, `x5u`, `jwk` or `x5c`: a header that brings its own key',
    answer: '401; nobody is asked at that address',
    shownBy: [
      [tokens, 'its own key (jwk)'],
      ['test/unit/functions/authenticate.test.ts', 'is refused, and nobody is asked there'],
    ],
  },
  {
    attack: 'Another issuer, or one that begins alike',
    answer: '401',
    shownBy: [
      [tokens, 'another issuer'],
      [tokens, 'an issuer that only begins alike'],
    ],
  },
  {
    attack: 'Another audience; a token of another application',
    answer: '401',
    shownBy: [
      [tokens, 'another audience'],
      [tokens, 'the client of another application'],
    ],
  },
  {
    attack: 'An expired token, or one without an expiry',
    answer: '401 `TOKEN_EXPIRED`; without an expiry `UNAUTHORIZED`',
    shownBy: [
      [tokens, "kind: 'expired'"],
      [tokens, 'no expiry'],
    ],
  },
  { attack: 'A token that is not valid yet', answer: '401', shownBy: [[tokens, 'not yet valid']] },
  {
    attack: 'A changed payload, a critical extension, an encrypted or a nested token',
    answer: '401',
    shownBy: [
      [tokens, 'a changed user'],
      [tokens, 'an extension that nobody knows'],
      [tokens, 'five parts'],
    ],
  },
  {
    attack: 'A user id in the token that is a list, an object, too long or has a line end',
    answer: '401',
    shownBy: [
      [tokens, 'a user that is a list'],
      [tokens, 'a user with a line end'],
    ],
  },
  {
    attack: 'Two `Authorization` headers, two tokens in one, another scheme',
    answer: '401, even if one of them is good',
    shownBy: [[requests, 'who asks is told by one token in one header']],
  },
  {
    attack: 'A token in the query of an HTTP request, or in a cookie',
    answer: '401; it counts for nothing',
    shownBy: [
      [authentication, 'a token in the query of an HTTP request counts for nothing'],
      [requests, 'other headers, cookies and fields'],
    ],
  },
  {
    attack: 'An upgrade with a bad token beside a good one',
    answer: '401: the subprotocol decides, the query only where there is none',
    shownBy: [[upgrades, 'an upgrade with two tokens']],
  },
];

const ofServiceTokens: AttackClass[] = [
  {
    attack: 'A service token without `Seenby-Act-As`',
    answer: '403, but for the routes that are marked *service*',
    shownBy: [
      [acting, 'does nothing else without a name'],
      [matrix, 'who calls what'],
    ],
  },
  {
    attack: '`Seenby-Act-As` with the token of a user',
    answer: '403, even for oneself',
    shownBy: [[acting, 'acts for nobody, not even for themselves']],
  },
  {
    attack: '`Seenby-Act-As` that is no id, or names two',
    answer: '400',
    shownBy: [[acting, 'says whom by an id, and once']],
  },
  {
    attack: 'A service token on the upgrade',
    answer: '401',
    shownBy: [[acting, 'opens no WebSocket']],
  },
];

/** By whoever has no token, or another one than they say. */
export const tokenAttacks: readonly AttackClass[] = [...ofTokens, ...ofServiceTokens];
