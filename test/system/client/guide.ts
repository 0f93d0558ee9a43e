import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const fence = /^```\w+ (\S+)\n([\s\S]*?)^```$/gm;

/** The files that a guide's blocks make: blocks of the same name follow each other. */
function filesIn(markdown: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const [, name = '', text = ''] of markdown.matchAll(fence)) {
    files.set(name, `${files.get(name) ?? ''}${text}`);
  }
  return files;
}

/** Writes the files of a guide, with other addresses than those it shows. */
export function writeGuide(guide: URL, dir: string, addresses: Record<string, string>): string[] {
  const files = filesIn(readFileSync(guide, 'utf8'));
  for (const [name, text] of files) {
    const placed = Object.entries(addresses).reduce((all, [a, b]) => all.replaceAll(a, b), text);
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), placed);
  }
  return [...files.keys()];
}
