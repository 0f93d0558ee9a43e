/** In Chinese and Japanese settings the wide signs begin a formula as well. */
const formula = /^[=+\-@＝＋－＠\t\r\n]/;

/**
 * A table for spreadsheets: rows of cells, all quoted. What a spreadsheet would take for a formula
 * begins with an apostrophe.
 */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

const cell = (text: string): string =>
  `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
