import type { Bill } from './bill.ts';
import { element } from './element.ts';
import type { Texts } from './texts.ts';

/** The bill as a table, with a bar for each sum. */
export function billTable({ designs, rows, totals }: Bill, texts: Texts): HTMLElement {
  const max = Math.max(...totals, Number.MIN_VALUE);
  const bars = totals.map((total) => {
    const meter = element('span', { class: 'bar' });
    meter.style.inlineSize = `${(100 * total) / max}%`;
    return element('td', { 'aria-hidden': 'true' }, meter);
  });
  const head = [texts.dollarsAMonth, ...designs].map((text) =>
    element('th', { scope: 'col' }, text),
  );
  const body = rows.map(({ label, cells }) =>
    element(
      'tr',
      label === texts.together ? { class: 'together' } : {},
      element('th', { scope: 'row' }, label),
      ...cells.map((text) => element('td', {}, text)),
    ),
  );
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...body, element('tr', { 'aria-hidden': 'true' }, element('td'), ...bars)),
  );
  return element('div', { class: 'table', tabindex: 0 }, table);
}
