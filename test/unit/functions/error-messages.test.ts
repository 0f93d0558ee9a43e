import { socketRoutes } from '@seenby/protocol/client-frames.ts';
import { httpRoutes, pathParametersOf } from '@seenby/protocol/http-requests.ts';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../functions/api/http/parse-request.ts';
import { parseFrame } from '../../../functions/api/socket/parse-frame.ts';
import { maxMessageLength, type Result } from '../../../functions/runtime/result.ts';

const long = 'x'.repeat(130_000);

/** Every field that any request has, and some that none has. */
const fields = [
  ...['groupId', 'groupIds', 'upTo', 'messageIds', 'messageId', 'clientMessageId', 'content'],
  ...['messageType', 'mentions', 'memberIds', 'role', 'name', 'kind', 'tracking', 'visibility'],
  ...['positions', 'fromSeq', 'readReceipts', 'requestId', 'type', 'since', 'cursor', 'limit'],
];

const values: Record<string, unknown> = {
  'a long text': long,
  'a long list': Array.from({ length: 1_000 }, () => ({})),
  'an object with a long key': { [long]: 1 },
  'a list of objects with long keys': [{ [long]: 1 }, { [long]: 2 }],
  'a big number': 1e308,
};

const inputs: [what: string, input: Record<string, unknown>][] = [
  ['a long key', { [long]: 1 }],
  ['many keys', Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`key-${i}`, i]))],
  ...Object.entries(values).map(([what, value]): [string, Record<string, unknown>] => [
    `every field ${what}`,
    Object.fromEntries(fields.map((field) => [field, value])),
  ]),
];

function expectShort(what: string, parsed: Result<unknown>): void {
  expect([what, parsed.ok]).toEqual([what, false]);
  if (!parsed.ok) expect([what, parsed.problem.message.length]).toEqual([what, shortLength]);
}

const shortLength = expect.toSatisfy(
  (length: number) => length > 0 && length <= maxMessageLength,
  `at most ${maxMessageLength}`,
);

describe.each(inputs)('[SE4] the message of an error about %s is short', (_, input) => {
  it.each(socketRoutes)('for the frame %s', (type) => {
    const parsed = parseFrame(JSON.stringify({ ...input, type }));
    expectShort(type, parsed.frame);
    expect(JSON.stringify(parsed).length).toBeLessThan(2000);
  });

  it.each(httpRoutes)('for %s', (route) => {
    const path = Object.fromEntries(pathParametersOf(route).map((name) => [name, '1']));
    const query = Object.fromEntries(
      Object.entries(input).map(([key, value]) => [key, `${value}`]),
    );
    expectShort(route, parseRequest(route, { path, query, body: undefined }));
    const badPath = Object.fromEntries(Object.keys(path).map((name) => [name, long]));
    if (Object.keys(path).length > 0)
      expectShort(route, parseRequest(route, { path: badPath, query: {}, body: '{}' }));
    if (route.startsWith('GET ')) return;
    expectShort(route, parseRequest(route, { path, query: {}, body: JSON.stringify(input) }));
  });
});

it('[SE4] a body of more than a megabyte is TOO_MANY, before anybody reads it', () => {
  const body = JSON.stringify({ name: 'Team', memberIds: ['x'.repeat(1024 * 1024)] });
  const parsed = parseRequest('POST /groups', { path: {}, query: {}, body });
  expect(parsed).toMatchObject({ ok: false, problem: { code: 'TOO_MANY' } });
});

it.each(['%E0%A4%A', '%', '%zz', '%00'])(
  '[SE4] an id that is encoded twice, and badly, is BAD_REQUEST: %s',
  (groupId) => {
    const parsed = parseRequest('GET /groups/{groupId}', {
      path: { groupId },
      query: {},
      body: '',
    });
    expect(parsed).toMatchObject({ ok: false, problem: { code: 'BAD_REQUEST' } });
  },
);
