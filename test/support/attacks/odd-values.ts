/** Ids that the pattern allows, at its edges and with names that programs give a meaning of their own. */
export const edgeIds: readonly string[] = [
  ...[
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'hasOwnProperty',
    '.',
    '..',
    '$',
    '-',
    '~',
  ],
  ...[
    'auth0|x',
    '@a:b.example',
    'a+b@c',
    '!room:x',
    '=1+1',
    'x'.repeat(128),
    '0',
    '.1',
    'G.1',
    'null',
  ],
];

/** Text that is an id nowhere, or that somebody may take for something else. */
export const texts: readonly string[] = [
  ...[
    '',
    ' ',
    'Hello',
    'a b',
    'a#b',
    'a/b',
    '\0',
    '\n',
    '../..',
    '%00',
    '%2e%2e',
    '\u202e',
    '\ufeff',
  ],
  ...[
    '陈小明',
    '👩‍👩‍👧',
    '\ud800',
    'e\u0301',
    'İ',
    '<img src=x onerror=alert(1)>',
    '=1+1',
    '#{7*7}',
  ],
  ...['{{x}}', "' OR 1=1 --", '__proto__', 'constructor', 'x'.repeat(129), 'é'.repeat(5000)],
];

export const numbers: readonly number[] = [
  ...[0, -0, -1, 0.5, 1e-9, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e21, 1e308, -1e308],
];

/** Keys that stand for something else than data. */
export const trickyKeys: readonly string[] = [
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'toJSON',
    'then',
  ],
  ...[
    'userId',
    'senderId',
    'role',
    'isService',
    'groupId',
    'stateVersion',
    'readSeq',
    '',
    ' ',
    '$where',
  ],
];

/** What stands where something else should. */
export const wrongValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, '', 'x', '1', [], {}, [[]], [null], { a: 1 }],
  ...[
    { length: 3 },
    { toString: 1 },
    { valueOf: null },
    'NaN',
    'Infinity',
    'undefined',
    '__proto__',
  ],
];
