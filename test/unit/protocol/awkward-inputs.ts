/** Ids that no schema may take, with what is wrong about them. */
export const badIds: [string, unknown][] = [
  ['with the separator of keys', 'team#1'],
  ['empty', ''],
  ['of 129 characters', 'a'.repeat(129)],
  ['with a letter beyond ASCII', 'tëam'],
  ['of full-width letters', 'ｔｅａｍ'],
  ['with an emoji', 'team👋'],
  ['with a combining mark', 'te\u0301am'],
  ['with an invisible character', 'team\u200b'],
  ['with a line break at the end', 'team\n'],
  ['with a NUL', 'team\0'],
  ['with a blank', ' team'],
  ['with a slash', '../team'],
  ['percent-encoded', 'team%23'],
  ['of number type', 7],
  ['null', null],
  ['boolean', true],
  ['in a list', ['team']],
  ['in an object', { toString: 'team' }],
];

export const goodIds = [
  ...['a', '0', '_', '-', 'Team_1-b', 'team.1', 'a'.repeat(128)],
  // Of Auth0, Google, Microsoft, Matrix, and what mail addresses are made of.
  ...['auth0|5f7c8ec7c33c6c004bbafe82', 'google-oauth2|110169484474386276334'],
  ...['AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ', '@alice:matrix.example.org'],
  ...['alice+chat@example.com', '!room:example.org', '$event', '~', '=', '+', '|', ':', '!', '$'],
  // Names that mean something to objects, and to paths.
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '.', '..', '...', '.1', '..1'],
];

/** Seqs that no schema may take. */
export const badSeqs: unknown[] = [
  ...[0, -1, -0, 1.5, 2 ** 53, -(2 ** 53), 1e300, Number.MIN_VALUE],
  ...[Infinity, Number.NaN, '1', '', null, true, [1], {}, { valueOf: 1 }],
];

export const goodSeqs = [1, 2, 64, 65, 2 ** 31, Number.MAX_SAFE_INTEGER];

/** Names that mean something to JavaScript's objects; as own fields they come from JSON alone. */
export const trickyKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
];

/** The object as it comes off the wire with one field more. */
export const withField = (object: object, key: string, value: unknown): unknown =>
  JSON.parse(
    `{${JSON.stringify(key)}:${JSON.stringify(value)},${JSON.stringify(object).slice(1)}`.replace(
      ',}',
      '}',
    ),
  );
