import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import {
  addTexts,
  provideClient,
  toCsv,
} from '../../../../packages/client/src/elements/elements.ts';
import {
  Badge,
  Facepile,
  ReadBy,
  Readers,
  Ticks,
} from '../../../../packages/client/src/react/react.ts';

it('importing the elements on a server does nothing, and their functions may be called', () => {
  expect(globalThis).not.toHaveProperty('customElements');
  expect(() => provideClient(undefined)).not.toThrow();
  expect(() => addTexts('xx', {})).not.toThrow();
  expect(toCsv([])).toMatch(/^"userId"/);
});

it('components are rendered on a server with what they need in a browser', () => {
  const shown = [
    createElement(Ticks, { groupId: 'team', seq: 7, className: 'own' }),
    createElement(Ticks, { failed: true }),
    createElement(ReadBy, { groupId: 'a"b', seq: 7 }),
    createElement(Facepile, { groupId: 'team', seq: 7, max: 3 }),
    createElement(Readers, { groupId: 'team', seq: 7, style: { height: 400 } }),
    createElement(Badge, { max: 9 }),
  ];
  expect(shown.map((each) => renderToString(each))).toEqual([
    '<seenby-ticks seq="7" group-id="team" class="own"></seenby-ticks>',
    '<seenby-ticks failed=""></seenby-ticks>',
    '<seenby-read-by seq="7" group-id="a&quot;b"></seenby-read-by>',
    '<seenby-facepile seq="7" max="3" group-id="team"></seenby-facepile>',
    '<seenby-readers seq="7" group-id="team" style="height:400px"></seenby-readers>',
    '<seenby-badge max="9"></seenby-badge>',
  ]);
});
