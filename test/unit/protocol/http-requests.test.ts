import * as http from '@seenby/protocol/http-requests.ts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { badIds, badSeqs, trickyKeys, withField } from './awkward-inputs.ts';
import { accepted, accepts, verdictOn } from './safe-parse.ts';

type Case = [string, z.core.$ZodType, object];

const message = { clientMessageId: 'c1', content: 'hi' };
const top = String(Number.MAX_SAFE_INTEGER);
const listOf = (count: number) => Array.from({ length: count }, (_, i) => `u${i}`);
const idsOf = (count: number) => Array.from({ length: count }, (_, i) => `team.${i + 1}`);
const positionsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ groupId: `g${i}`, upTo: 1 }));

const good: Case[] = [
  ['a new group', http.createGroupSchema, { name: 'Team', memberIds: [] }],
  [
    'a new group of the largest size',
    http.createGroupSchema,
    { groupId: 'team', name: 'T', memberIds: listOf(5000) },
  ],
  [
    'new settings',
    http.updateGroupSchema,
    { name: '名前', tracking: 'auto', visibility: 'sender' },
  ],
  ['new members', http.addMembersSchema, { memberIds: ['bo'], role: 'admin' }],
  ['a new role', http.changeRoleSchema, { role: 'owner' }],
  ['a page of members', http.pageQuerySchema, { limit: '500', cursor: 'abc' }],
  ['a message', http.sendMessageSchema, { ...message, messageType: 'voice', mentions: ['bo'] }],
  ['history', http.historyQuerySchema, {}],
  ['history before', http.historyQuerySchema, { before: '1', limit: '100' }],
  ['history after', http.historyQuerySchema, { after: '0', limit: '1' }],
  ['a position', http.markSchema, { upTo: 9 }],
  ['message ids', http.markSchema, { messageIds: idsOf(100) }],
  ['a badge put back', http.markUnreadSchema, { fromSeq: 1 }],
  ['positions', http.markManySchema, { positions: positionsOf(100) }],
  ['ids of many groups', http.markManySchema, { messageIds: ['team.1', 'club.2'] }],
  ['one count', http.countsQuerySchema, { from: top, to: top }],
  ['a thousand counts', http.countsQuerySchema, { from: '1', to: '1000' }],
  ['a receipt list', http.receiptListQuerySchema, { state: 'unread', cursor: 'abc', limit: '1' }],
  ['the newest first', http.receiptListQuerySchema, { sort: 'time' }],
  ['statistics', http.statsQuerySchema, { from: '0', to: '1767225600000' }],
  ['a sync', http.syncQuerySchema, { since: 'abc' }],
  ['nothing', http.nothingSchema, {}],
  ['no profile', http.newProfileSchema, {}],
  ['a profile', http.newProfileSchema, { name: '名前', picture: 'https://example.com/a.png' }],
  ['settings', http.settingsSchema, { readReceipts: false }],
];

const bad: Case[] = [
  ['a group without a name', http.createGroupSchema, { memberIds: [] }],
  ['a group with an empty name', http.createGroupSchema, { name: '', memberIds: [] }],
  ['a group with a long name', http.createGroupSchema, { name: 'n'.repeat(101), memberIds: [] }],
  ['a group without members', http.createGroupSchema, { name: 'T' }],
  ['a group of another kind', http.createGroupSchema, { name: 'T', memberIds: [], kind: 'secret' }],
  [
    'history of half a message',
    http.createGroupSchema,
    { name: 'T', memberIds: [], historyForNewMembers: 0.5 },
  ],
  [
    'history of less than nothing',
    http.createGroupSchema,
    { name: 'T', memberIds: [], historyForNewMembers: -1 },
  ],
  ['settings to null', http.updateGroupSchema, { name: null }],
  ['nobody to add', http.addMembersSchema, { memberIds: [] }],
  ['an owner to add', http.addMembersSchema, { memberIds: ['bo'], role: 'owner' }],
  ['an unknown role', http.changeRoleSchema, { role: 'superuser' }],
  ['a page of nothing', http.pageQuerySchema, { limit: '0' }],
  ['a page too long', http.pageQuerySchema, { limit: '501' }],
  ['a cursor too long', http.pageQuerySchema, { cursor: 'a'.repeat(4097) }],
  ['history both ways', http.historyQuerySchema, { before: '9', after: '1' }],
  ['history of too many', http.historyQuerySchema, { limit: '101' }],
  ['history before the first', http.historyQuerySchema, { before: '0' }],
  ['no target', http.markSchema, {}],
  ['two targets', http.markSchema, { upTo: 1, messageIds: ['team.1'] }],
  ['a group in the body', http.markSchema, { groupId: 'team', upTo: 1 }],
  ['no positions', http.markManySchema, { positions: [] }],
  ['neither positions nor ids', http.markManySchema, {}],
  ['positions and ids', http.markManySchema, { positions: positionsOf(1), messageIds: ['team.1'] }],
  [
    'a position with more to it',
    http.markManySchema,
    { positions: [{ groupId: 'g', upTo: 1, at: 5 }] },
  ],
  ['a range backwards', http.countsQuerySchema, { from: '2', to: '1' }],
  ['a range too long', http.countsQuerySchema, { from: '1', to: '1001' }],
  ['a range without an end', http.countsQuerySchema, { from: '1' }],
  ['an unknown state', http.receiptListQuerySchema, { state: 'played' }],
  ['an unknown order', http.receiptListQuerySchema, { sort: 'name' }],
  ['a token too long', http.syncQuerySchema, { since: 'a'.repeat(8193) }],
  ['a name of nothing', http.newProfileSchema, { name: '' }],
  ['a picture over plain HTTP', http.newProfileSchema, { picture: 'http://example.com/a' }],
  ['a picture that is a script', http.newProfileSchema, { picture: 'javascript:alert(1)' }],
  ['a picture with a quote', http.newProfileSchema, { picture: 'https://example.com/"a' }],
  ['a picture nowhere', http.newProfileSchema, { picture: 'https://' }],
  ['a picture too long', http.newProfileSchema, { picture: `https://e.com/${'a'.repeat(1011)}` }],
  ['settings in words', http.settingsSchema, { readReceipts: 'false' }],
];

describe('an HTTP request', () => {
  it.each(good)('[SE4] may ask for %s', (_, schema, input) => {
    expect(verdictOn(schema, input)).toEqual(accepted);
  });

  it.each(good)(
    '[SE4] may not ask for %s with a field that it does not know',
    (_, schema, input) => {
      for (const key of ['userId', 'Name', ...trickyKeys]) {
        for (const value of ['x', { isAdmin: true }]) {
          expect(verdictOn(schema, withField(input, key, value))).toEqual(['unrecognized_keys']);
        }
      }
    },
  );

  it.each(bad)('[SE4] may not ask for %s', (_, schema, input) => {
    expect(verdictOn(schema, input)).not.toEqual(accepted);
  });

  it('[SE4] is an object, whatever else it holds', () => {
    for (const [, schema] of good) {
      for (const value of [null, [], 'text', 7, undefined])
        expect(accepts(schema, value)).toBe(false);
    }
  });

  it.each<[string, z.core.$ZodType, object, string]>([
    ['message ids', http.markSchema, { messageIds: idsOf(101) }, 'messageIds'],
    ['ids of many groups', http.markManySchema, { messageIds: idsOf(101) }, 'messageIds'],
    ['positions', http.markManySchema, { positions: positionsOf(101) }, 'positions'],
    ['founders', http.createGroupSchema, { name: 'T', memberIds: listOf(5001) }, 'memberIds'],
    ['new members', http.addMembersSchema, { memberIds: listOf(5001) }, 'memberIds'],
    ['mentions', http.sendMessageSchema, { ...message, mentions: listOf(51) }, 'mentions'],
  ])('[SE4] names a list that is too long: %s', (_, schema, input, path) => {
    expect(z.safeParse(schema, input).error?.issues).toMatchObject([
      { code: 'too_big', origin: 'array', path: [path] },
    ]);
  });

  it('[TR2] fills in what a new group did not say', () => {
    expect(z.parse(http.createGroupSchema, { name: 'Team', memberIds: ['bo'] })).toEqual({
      name: 'Team',
      memberIds: ['bo'],
      kind: 'group',
      tracking: 'receipts',
      visibility: 'members',
      historyForNewMembers: 100,
    });
    expect(z.parse(http.addMembersSchema, { memberIds: ['bo'] }).role).toBe('member');
  });
});

describe('ids and seqs in HTTP requests', () => {
  it.each(badIds)('[SE4] an id may not be one %s, wherever it stands', (_, id) => {
    const cases: [z.core.$ZodType, unknown][] = [
      [http.pathSchemas.groupId, id],
      [http.pathSchemas.userId, id],
      [http.createGroupSchema, { groupId: id, name: 'T', memberIds: [] }],
      [http.createGroupSchema, { name: 'T', memberIds: ['bo', id] }],
      [http.addMembersSchema, { memberIds: ['bo', id] }],
      [http.sendMessageSchema, { ...message, clientMessageId: id }],
      [http.sendMessageSchema, { ...message, mentions: [id] }],
      [http.markManySchema, { positions: [{ groupId: id, upTo: 1 }] }],
    ];
    for (const [schema, input] of cases) expect(accepts(schema, input)).toBe(false);
  });

  it.each(badSeqs.map((seq) => [seq]))('[SE4] a seq may not be %o', (seq) => {
    expect(accepts(http.markSchema, { upTo: seq })).toBe(false);
    expect(accepts(http.markUnreadSchema, { fromSeq: seq })).toBe(false);
    expect(accepts(http.markManySchema, { positions: [{ groupId: 'team', upTo: seq }] })).toBe(
      false,
    );
  });

  it.each(
    [
      ['', '0', '-1', '+1', '1.5', '1e3', '0x1', ' 1', '1 ', '1\n', '１', 'one', 'NaN', 'Infinity'],
      [String(2 ** 53), '9007199254740993', '9'.repeat(17), 1, null, ['1']],
    ]
      .flat()
      .map((seq) => [seq]),
  )('[SE4] a seq in a path or query may not be %o', (seq) => {
    expect(accepts(http.pathSchemas.seq, seq)).toBe(false);
    expect(accepts(http.countsQuerySchema, { from: seq, to: '9007199254740991' })).toBe(false);
    expect(accepts(http.historyQuerySchema, { before: seq })).toBe(false);
  });

  it('reads a seq in a path as a number', () => {
    expect(z.parse(http.pathSchemas.seq, top)).toBe(Number.MAX_SAFE_INTEGER);
    expect(z.parse(http.countsQuerySchema, { from: '7', to: '9' })).toEqual({ from: 7, to: 9 });
  });
});
