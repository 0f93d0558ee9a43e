import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Code that shows how something is used, by `GroupHandle.send` or `trackReads`. */
export type Examples = ReadonlyMap<string, string>;

const mark = /^( *)\/\/ @([\w.]+)$/;

/**
 * Reads the examples of a folder. Each begins below a comment `// @<what it shows>` and ends at the next one,
 * at a comment `// @end`, or with the block that it stands in. The files are code that tests run: what it prints with `print` is shown as printed
 * on the console.
 */
export async function readExamples(dir: string): Promise<Examples> {
  const examples = new Map<string, string>();
  for (const file of (await readdir(dir)).sort()) {
    const text = await readFile(join(dir, file), 'utf8');
    for (const [name, code] of examplesIn(text)) examples.set(name, code);
  }
  return examples;
}

function examplesIn(text: string): [name: string, code: string][] {
  const found: [string, string[]][] = [];
  let width = 0;
  for (const line of text.split('\n')) {
    const [, blanks, name] = mark.exec(line) ?? [];
    if (blanks !== undefined && name !== undefined) {
      found.push([name, []]);
      width = blanks.length;
    } else if (line.trim() !== '' && line.search(/\S/) < width) {
      found.push(['end', []]);
    } else found.at(-1)?.[1].push(line);
  }
  return found.filter(([name]) => name !== 'end').map(([name, lines]) => [name, dedent(lines)]);
}

/** Without the blanks that all lines begin with, and empty lines around. */
function dedent(lines: readonly string[]): string {
  const widths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const width = Math.min(...widths);
  return lines
    .map((line) => line.slice(width))
    .join('\n')
    .replaceAll(/\bprint\(/g, 'console.log(')
    .trim();
}
