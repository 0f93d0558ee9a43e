import { expect, it } from 'vitest';
import { statusOfCode } from '../../protocol/errors.ts';
import { httpRoutes, socketRoutes } from '../../protocol/routes.ts';
import { tableRowsOf } from './markdown.ts';

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
