import { statSync } from 'node:fs';
import { join } from 'node:path';
import { usualUse } from '@seenby/core/costs/group-use.ts';
import { monthlyCosts } from '@seenby/core/costs/monthly-costs.ts';
import { expect, it } from 'vitest';
import { readPage, root, tableRowsOf } from './markdown.ts';

const page = readPage('README.md').replaceAll(/\s+/g, ' ');
const rows = tableRowsOf('README.md').filter((row) => row.length === 7);
const [, , ...products] = rows;

it('compares with the six services that are asked for most', () => {
  expect(products.map(([name = '']) => name.replaceAll('*', ''))).toEqual([
    'Seenby',
    'Stream',
    'Sendbird',
    'Twilio',
    'PubNub',
    'Tencent IM',
    'Feishu',
  ]);
  expect(page).toMatch(/Looked up on \d+ \w+ 20\d\d/);
});

it('says in each cell of the comparison where that is written, or that it is not stated', () => {
  const unfounded = products.flatMap(([name, ...cells]) =>
    cells
      .slice(0, -1)
      .filter((cell) => !cell.startsWith('not stated') && !/\]\((https:|docs\/|#)/.test(cell))
      .map((cell) => `${name}: ${cell}`),
  );
  expect(unfounded).toEqual([]);
});

it('names the dollars of a month that are computed', () => {
  const use = { ...usualUse, members: 500, messagesADay: 1000 };
  const { seenby, matrix } = monthlyCosts(use);
  const { seenby: burst } = monthlyCosts({ ...use, messagesPerMark: 5 });
  expect(page).toContain(`[$${Math.round(seenby.total)} of AWS](docs/costs.md)`);
  expect(page).toContain(`comes to $${Math.round(matrix.total)}.`);
  expect(page).toContain(`cost less: $${Math.round(burst.total)} if five are read in one go`);
  expect(page).toContain(
    `each read by ${use.members * use.shareOnline} members who are online for eight hours a day`,
  );
  const messages = use.messagesADay * 30;
  const rented = messages * 0.000123 + messages * use.members * use.shareOnline * 0.000033;
  expect(page).toContain(`$${Math.round(rented)} for the messages alone`);
});

it('begins with a picture that loads fast', () => {
  const [, picture = ''] = /!\[[^\]]+\]\((docs\/images\/[^)]+)\)/.exec(page) ?? [];
  expect(statSync(join(root, picture)).size).toBeLessThan(1.5e6);
});
