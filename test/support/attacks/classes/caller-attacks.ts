import type { AttackClass } from './attack-class.ts';

const authentication = 'test/conformance/edges/authentication.test.ts';
const matrix = 'test/service/attacks/matrix.test.ts';
const upgrades = 'test/conformance/attacks/upgrades.test.ts';
const requests = 'test/conformance/attacks/requests.test.ts';
const live = 'test/conformance/attacks/live-connections.test.ts';
const fullStack = 'test/system/local-cloud/full-stack.test.ts';

const ofPlaces: AttackClass[] = [
  {
    attack:
      'The upgrade by the page of another site: `null`, and origins that look alike by suffix, prefix, port, case, scheme or dot',
    answer: '403',
    shownBy: [[fullStack, 'an upgrade from the origin']],
  },
  {
    attack: 'A request by the page of another site',
    answer: 'no `access-control-allow-origin`, neither before it is sent nor with the answer',
    shownBy: [[fullStack, 'may be read by the own site alone']],
  },
  {
    attack: 'A request to `@connections` without a signature of AWS',
    answer: '403; the connection gets nothing and stays',
    shownBy: [[upgrades, 'the way by which functions reach a connection']],
  },
  {
    attack: 'A path of the page with `..`, encoded dots, a backslash or a null byte',
    answer: '404',
    shownBy: [
      ['packages/local-cloud/test/page/page-server.test.ts', 'the files of the deployments'],
    ],
  },
  {
    attack: 'Another method by a header (`X-HTTP-Method-Override`) or the query',
    answer: 'the method of the request line; the query is 400',
    shownBy: [[requests, 'changes no method']],
  },
];

const ofIdentity: AttackClass[] = [
  {
    attack: 'A group of others, by every route and frame',
    answer: '404, in the words and at the reads of a group that is not there',
    shownBy: [
      [matrix, 'a group of others is one that is not there'],
      ['test/conformance/edges/secrecy.test.ts', 'a group of others and a group that is not there'],
    ],
  },
  {
    attack: 'A role that does not reach, by every route and frame',
    answer: '403',
    shownBy: [
      [matrix, 'who calls what'],
      ['test/conformance/groups/roles.test.ts', 'roles decide who may'],
    ],
  },
  {
    attack: 'Reading what tracking, visibility or an opt-out conceals',
    answer: '403, or an answer and pushes without it',
    shownBy: [
      [matrix, 'what it tells and writes'],
      [matrix, 'history has the counts of exactly'],
    ],
  },
  {
    attack: 'A message id of another group among one’s own',
    answer: '400 in one group; in several, 404 for that group alone',
    shownBy: [
      ['test/conformance/support/bad-targets.ts', 'a message of another group under this one'],
      ['test/conformance/reading/marking.test.ts', 'of several groups marks those it may'],
    ],
  },
  {
    attack: 'A cursor that was changed, or is of another user, group, list or order',
    answer: '400 `BAD_CURSOR`',
    shownBy: [
      ['test/conformance/reading/lists.test.ts', 'takes no cursor that was changed'],
      ['test/conformance/groups/member-changes.test.ts', 'takes no cursor that was changed'],
    ],
  },
  {
    attack: 'A sync token that was changed, cut, lengthened or is of another user',
    answer: '400 `BAD_CURSOR`',
    shownBy: [['test/conformance/reading/sync.test.ts', 'a sync token']],
  },
  {
    attack: 'Identity in the body, the query or other headers (`userId`, `senderId`, `ownerId`)',
    answer: '400 for a field; headers count for nothing',
    shownBy: [
      ['test/conformance/support/bad-shapes.ts', 'a message with a sender of its own'],
      [requests, 'other headers, cookies and fields'],
    ],
  },
];

const ofLiveConnections: AttackClass[] = [
  {
    attack: 'A token that expires on a live connection',
    answer: '`TOKEN_EXPIRED`, nothing more is pushed, and the connection ends',
    shownBy: [[authentication, 'when the token runs out on a live connection']],
  },
  {
    attack: 'A member who was removed goes on with a live connection',
    answer: '`NOT_FOUND`, and nothing more of the group is pushed',
    shownBy: [[live, 'a member who was removed']],
  },
  {
    attack: 'An admin whose role was taken goes on with a live connection',
    answer: '403, and no reading of others is pushed any more',
    shownBy: [[live, 'an admin whose role was taken']],
  },
];

/** From where they should not come, and by users for whom it is not. */
export const callerAttacks: readonly AttackClass[] = [
  ...ofPlaces,
  ...ofIdentity,
  ...ofLiveConnections,
];
