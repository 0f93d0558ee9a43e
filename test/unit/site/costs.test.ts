import { monthlyCosts } from '@seenby/core/costs/monthly-costs.ts';
import { describe, expect, it } from 'vitest';
import { billOf } from '../../../site/web/costs/bill.ts';
import {
  fieldNames,
  readChoice,
  readField,
  toUse,
  usualChoice,
  writeChoice,
} from '../../../site/web/costs/fields.ts';
import { texts } from '../../../site/web/costs/texts.ts';

describe('the choice of a reader', () => {
  it.each([
    ['members', '500', 500],
    ['members', '1001', undefined],
    ['members', '2.5', undefined],
    ['members', '', undefined],
    ['members', '1e2', 100],
    ['shareOnline', '100', 100],
    ['shareOnline', '101', undefined],
    ['shareOnline', '-1', undefined],
    ['secondsBetweenReads', '0.05', 0.05],
    ['secondsBetweenReads', 'soon', undefined],
    ['messagesPerMark', '0', undefined],
  ] as const)('%s "%s" is %s', (name, text, value) => {
    expect(readField(name, text)).toBe(value);
  });

  it('is in the address of the page, and what is wrong there is as usual', () => {
    const choice = {
      ...usualChoice,
      members: 20,
      secondsBetweenReads: 7,
      visibility: 'sender',
    } as const;
    expect(writeChoice(choice)).toBe('members=20&secondsBetweenReads=7&visibility=sender');
    expect(readChoice(`#${writeChoice(choice)}`)).toEqual(choice);
    expect(writeChoice(usualChoice)).toBe('');
    expect(readChoice('#members=many&__proto__=1&visibility=nobody')).toEqual(usualChoice);
  });
});

describe.each(['en', 'zh'] as const)('the bill in %s', (language) => {
  const words = texts[language];

  it('has the lines, sums and designs that are computed', () => {
    const choice = { ...usualChoice, members: 200 };
    const { designs, rows, totals } = billOf(choice, words);
    const costs = monthlyCosts(toUse(choice));
    expect(designs).toEqual(Object.keys(costs).map((name) => words.designs[name as 'seenby']));
    expect(totals).toEqual(Object.values(costs).map(({ total }) => total));
    const together = rows.find(({ label }) => label === words.together);
    expect(together?.cells[0]).toBe(costs.seenby.total.toFixed(2));
    const frames = rows.find(({ label }) => label === words.lines.frames);
    expect(frames?.cells[1]).toBe(costs.matrix.dollars.frames.toFixed(2));
  });

  it('says how much more a row per message and member takes', () => {
    expect(billOf(usualChoice, words).summary).toMatch(/\$11\.\d\d.* 4\.\d /);
  });

  it('is nothing where nobody is online and nothing is said', () => {
    const silent = { ...usualChoice, messagesADay: 0, shareOnline: 0 };
    const { rows, summary } = billOf(silent, words);
    expect(rows.slice(0, -1).flatMap(({ cells }) => cells)).toEqual(
      rows.slice(0, -1).flatMap(({ cells }) => cells.map(() => '0')),
    );
    expect(summary).not.toContain('NaN');
  });

  it('has a name for each number', () => {
    expect(fieldNames.filter((name) => words.fields[name].length < 3)).toEqual([]);
  });
});
