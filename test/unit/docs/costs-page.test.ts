import { prices } from '@seenby/core/costs/prices.ts';
import { expect, it } from 'vitest';
import { messageTable, monthTable, shownUses } from '../../../bench/reports/cost-tables.ts';
import { readPage } from './markdown.ts';

const page = readPage('docs/operations.md');

it('shows what a message costs as it is computed', () => {
  expect(page).toContain(`\n${messageTable()}\n`);
});

it('shows what a month costs as it is computed', () => {
  expect(page).toContain(`\n${monthTable(shownUses)}\n`);
});

it('names the prices that costs are computed with', () => {
  const text = page.replaceAll('\n', ' ');
  expect(text).toContain(`$${prices.writeUnits * 1e6} per million write units`);
  expect(text).toContain(`$${prices.readUnits * 1e6} per million read units`);
  expect(text).toContain(`$${prices.connectionMinutes * 1e6} per million connection minutes`);
});
