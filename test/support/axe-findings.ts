import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

let source: Promise<string> | undefined;

const loadAxe = (): Promise<string> => {
  const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  source ??= readFile(path, 'utf8');
  return source;
};

/** Only what is found leaves the page: of what passed it is enough how many rules did. */
const run = `axe.run({ resultTypes: ['violations'] }).then(({ passes, violations }) => ({
  passed: passes.length,
  found: violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)),
}))`;

/**
 * What axe finds on the page and in its shadow roots, by rule and place, of any impact. From then on nothing
 * moves in the page: what is still fading in has less contrast. Throws if it looked at nothing.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(await loadAxe());
  const { passed, found } = await page.evaluate<{ passed: number; found: string[] }>(run);
  if (passed <= 10) throw new Error(`axe checked ${passed} rules only`);
  return found;
}
