import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

export interface CodeFile {
  /** From the root of the project on. */
  path: string;
  text: string;
}

/** Every file that people write code in. */
export function codeFiles(): CodeFile[] {
  const paths = globSync(
    '{bin,lib,functions,packages,demo,examples,site,bench,test,scripts}/**/*.{ts,tsx,mjs,css}',
    {
      cwd: root,
      exclude: (path) => path === 'node_modules' || path === 'dist',
    },
  );
  return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
