import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plantedBugs } from '../../../scripts/planted-bugs/bugs.ts';

const projectDir = join(import.meta.dirname, '../../..');

describe('the list of planted bugs', () => {
  it('has twenty or more, each of its own name', () => {
    expect(plantedBugs.length).toBeGreaterThanOrEqual(20);
    expect(new Set(plantedBugs.map(({ name }) => name)).size).toBe(plantedBugs.length);
  });

  it.each(plantedBugs)('finds one place for: $name', ({ file, find, replace, tests }) => {
    const places = readFileSync(join(projectDir, file), 'utf8').split(find).length - 1;
    expect(places).toBe(1);
    expect(replace).not.toBe(find);
    expect(tests.filter((test) => !existsSync(join(projectDir, test)))).toEqual([]);
  });
});
