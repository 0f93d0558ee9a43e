/** So that spreadsheets take it for UTF-8. */
const byteOrderMark = '\ufeff';

/** Has the browser save a table as a file. */
export function saveCsv(name: string, text: string): void {
  const blob = new Blob([byteOrderMark, text], { type: 'text/csv;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
