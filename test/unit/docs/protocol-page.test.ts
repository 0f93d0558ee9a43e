import { socketRoutes } from '@seenby/protocol/client-frames.ts';
import {
  countRangeSchema,
  groupSchema,
  groupStatusSchema,
  lastMessageSchema,
  messageSchema,
  ownStateFields,
  ownStateSchema,
  receiptSchema,
} from '@seenby/protocol/entities.ts';
import { statusOfCode } from '@seenby/protocol/errors.ts';
import { httpRoutes } from '@seenby/protocol/http-requests.ts';
import { pushSchemas, replySchemas } from '@seenby/protocol/server-frames.ts';
import { expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { fieldsOf } from './fields-of.ts';
import { readPage, tableRowsOf } from './markdown.ts';

const rows = tableRowsOf('docs/protocol.md');
const firstCells = rows.map(([first = '']) => first.replaceAll('`', ''));

it('describes every frame that a client may send', () => {
  expect(firstCells).toEqual(expect.arrayContaining([...socketRoutes]));
});

it('describes every HTTP route, and no other', () => {
  const described = firstCells.filter((cell) => /^(GET|POST|PUT|PATCH|DELETE) \//.test(cell));
  expect(described.sort()).toEqual([...httpRoutes].sort());
});

it('gives every error code with its status', () => {
  const described = rows
    .filter(([code = '', status = '']) => /^[A-Z_]+$/.test(code) && /^\d{3}$/.test(status))
    .map(([code, status]) => [code, Number(status)]);
  expect(Object.fromEntries(described)).toEqual(statusOfCode);
});

const shapes = {
  Message: messageSchema,
  CountRange: countRangeSchema,
  Receipt: receiptSchema,
  OwnState: ownStateSchema,
  GroupStatus: groupStatusSchema,
  lastMessage: lastMessageSchema,
  Group: groupSchema,
};

/** The fields of a schema that a text does not name. */
function unnamed(schema: z.ZodMiniType, text: string): string[] {
  const named = text.replace('OwnState', Object.keys(ownStateFields).join());
  const words = new Set(['type', 'timestamp', 'requestId', ...(named.match(/\w+/g) ?? [])]);
  const fields = fieldsOf(schema).map((name) => name.replace('?', ''));
  expect(fields.length).toBeGreaterThan(1);
  return fields.filter((name) => !words.has(name));
}

it.each(Object.entries(shapes))('names every field of %s', (name, schema) => {
  expect(unnamed(schema, rows.find(([first]) => first === name)?.[1] ?? '')).toEqual([]);
});

it.each(Object.entries(pushSchemas))('names every field of the push %s', (type, schema) => {
  expect(unnamed(schema, rows.find(([first]) => first === `\`${type}\``)?.[2] ?? '')).toEqual([]);
});

it.each(Object.entries(replySchemas))('names every field of the reply %s', (type, schema) => {
  const [, fields] =
    new RegExp(`\`${type}\`(?: \\{([^}]*)\\})?`).exec(readPage('docs/protocol.md')) ?? [];
  expect(unnamed(schema, fields ?? '')).toEqual([]);
});
