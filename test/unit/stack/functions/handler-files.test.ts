import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { handlerFiles } from '../../../../lib/functions/handler-file.ts';

const folder = new URL('../../../../functions/', import.meta.url);
const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => name);

describe('the root of functions/', () => {
  it('has the handlers that the stack may name, and their wiring', () => {
    expect(files.sort()).toEqual([...handlerFiles, 'wiring'].map((name) => `${name}.ts`).sort());
  });

  it.each(handlerFiles)('exports a handler from %s.ts', (name) => {
    const source = readFileSync(new URL(`${name}.ts`, folder), 'utf8');
    expect(source).toMatch(/^export (async function|function|const) handler\b/m);
  });
});
