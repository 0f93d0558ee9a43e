import type { AttackClass } from './attack-class.ts';

const badInput = 'test/conformance/edges/bad-input.test.ts';
const budgets = 'test/service/attacks/every-budget.test.ts';
const upgrades = 'test/conformance/attacks/upgrades.test.ts';
const requests = 'test/conformance/attacks/requests.test.ts';
const fullStack = 'test/system/local-cloud/full-stack.test.ts';
const verifyEvent = 'test/unit/server/verify-event.test.ts';

const ofContent: AttackClass[] = [
  {
    attack: 'Keys that stand for a prototype (`__proto__`, `constructor`), however deep',
    answer: '400',
    shownBy: [
      ['test/conformance/support/bad-shapes.ts', '__proto__'],
      ['test/unit/protocol/send-message.test.ts', 'has no key that stands for a prototype'],
    ],
  },
  {
    attack: 'Ids at the edge of the pattern: `__proto__`, `..`, 128 characters',
    answer: 'they work as any other id; what the pattern does not allow is 400',
    shownBy: [
      ['test/conformance/edges/awkward-ids.test.ts', 'users, a group and messages by the id'],
      ['test/conformance/support/bad-identifiers.ts', 'of 129 characters'],
    ],
  },
  {
    attack: 'Lists that are too long: ids, members, ranges, mentions',
    answer: '413 `TOO_MANY`, before work begins',
    shownBy: [['test/conformance/support/bad-contents.ts', '5,001 members']],
  },
  {
    attack: 'JSON of 10,000 levels, half a text, two texts, another format or encoding',
    answer: '400',
    shownBy: [[requests, 'a body of %s is refused']],
  },
  {
    attack: 'A message over 128 KB, a frame over 32 KB, a body over 1 MB',
    answer: 'closed with 1009; 413 `TOO_MANY` over HTTP',
    shownBy: [
      [
        'test/conformance/edges/connections.test.ts',
        'is closed with 1009 for a message over 128 KB',
      ],
      [requests, 'a body of more than a megabyte'],
    ],
  },
  {
    attack: 'A binary message, or a text message that is no UTF-8',
    answer: 'that connection is closed, with 1003 or 1007',
    shownBy: [
      ['test/conformance/edges/connections.test.ts', 'is closed with 1003 for a binary message'],
      [upgrades, 'ends its connection and no other'],
    ],
  },
  {
    attack: 'Seqs and numbers that are none (0, 2^53, 1.5, text, beyond the last)',
    answer: '400',
    shownBy: [
      ['test/conformance/support/bad-identifiers.ts', 'beyond the last'],
      [badInput, 'refused over HTTP, and nothing is written'],
    ],
  },
  {
    attack:
      '100,000 frames and requests that are generated from the schemas, most of them with something wrong',
    answer: 'documented codes, no fault, no line in a log',
    shownBy: [
      ['test/service/attacks/generated-calls.test.ts', 'documented answers alone'],
      ['test/conformance/attacks/generated-calls.test.ts', 'nothing changes for others'],
    ],
  },
  {
    attack: 'Markup in names, messages and pictures',
    answer: 'shown as text; an address that is not https is 400',
    shownBy: [
      ['test/system/elements/read-by.test.ts', '<img src=x onerror=alert(1)>'],
      ['test/system/elements/readers.test.ts', '<img src=x onerror=alert(1)>'],
    ],
  },
  {
    attack: 'Formulas in names and ids, for whoever opens the CSV of readers',
    answer: 'a quote before them makes them text',
    shownBy: [['test/unit/client/elements/to-csv.test.ts', 'makes text of the name']],
  },
];

const ofLimits: AttackClass[] = [
  {
    attack: 'Every frame and route over its budget',
    answer:
      '`RATE_LIMITED` with `retryAfterMs`, which is kept; others are not refused. `typing` is dropped',
    shownBy: [
      [budgets, 'over its budget it is refused'],
      [budgets, 'every budget is one of a route'],
    ],
  },
  {
    attack: 'Over 100 actions of a member in a group',
    answer: '`RATE_LIMITED` with `retryAfterMs`',
    shownBy: [['test/conformance/groups/limits.test.ts', 'are what a member may do in a group']],
  },
  {
    attack: '60 sockets of one user',
    answer: '20 stay; the others get `TOO_MANY` and are closed',
    shownBy: [[upgrades, 'twenty stay, the rest are told why']],
  },
  {
    attack: 'Upgrades without end',
    answer: '429 after 120 at once; other users connect',
    shownBy: [[upgrades, 'after 120 at once']],
  },
];

const ofSecrets: AttackClass[] = [
  {
    attack: 'Tokens and message contents in logs',
    answer:
      'none in any line of any function during a whole run of the tests, nor while everything fails',
    shownBy: [
      ['test/support/setup/unexpected-errors.ts', 'secretsIn'],
      [fullStack, 'hold no token, good or bad'],
    ],
  },
  {
    attack: 'A fault that tells of the inside',
    answer: '500 with the id of a request; no stack, no name of a resource',
    shownBy: [[fullStack, 'callers learn nothing of a fault']],
  },
  {
    attack: 'A webhook event that somebody else made, changed or sent again later',
    answer: '`verifyEvent` refuses it, and says why',
    shownBy: [
      [verifyEvent, 'a bad signature'],
      [verifyEvent, 'refuses a request without'],
      [verifyEvent, 'takes no time that is none for a young one'],
    ],
  },
];

/** By what is sent, how often, and what it makes the service say. */
export const contentAttacks: readonly AttackClass[] = [...ofContent, ...ofLimits, ...ofSecrets];
