import { eventDetailSchemas, seenbyEventSchema } from '@seenby/protocol/events/service-events.ts';
import { expect, it } from 'vitest';
import { fieldsOf } from './fields-of.ts';
import { readPage, tableRowsOf } from './markdown.ts';

const page = 'docs/events.md';
const described = new Map(tableRowsOf(page).map(([name = '', ...cells]) => [name, cells.at(-1)]));

it('names every event, and no other', () => {
  const names = [...described.keys()].filter((name) => /^`\w+\.\w+`$/.test(name));
  expect(names.sort()).toEqual(
    Object.keys(eventDetailSchemas)
      .map((name) => `\`${name}\``)
      .sort(),
  );
});

it.each(Object.entries(eventDetailSchemas))(
  'names the fields of %s, in their order',
  (type, schema) => {
    const named = described.get(`\`${type}\``)?.replaceAll(/ \([^)]*\)/g, '');
    expect(named).toBe(fieldsOf(schema).join(', '));
  },
);

it('shows events as their schemas have them', () => {
  const shown = [...readPage(page).matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, text = '']) => JSON.parse(text) as { 'detail-type'?: 'message.sent'; detail: unknown },
  );
  expect(shown).toHaveLength(2);
  for (const event of shown) {
    const { 'detail-type': type, detail } = event;
    const parsed = type
      ? eventDetailSchemas[type].safeParse(detail)
      : seenbyEventSchema.safeParse(event);
    expect(parsed.error).toBeUndefined();
  }
});
