import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Result } from 'axe-core';
import type { Page } from 'playwright-core';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** In the page. Only what is found leaves it: of what passed it is enough how many rules did. */
async function run(): Promise<{ passed: number; found: string[] }> {
  const { axe } = window as unknown as { axe: typeof import('axe-core') };
  const { passes, violations } = await axe.run({ resultTypes: ['violations'] });
  const placesOf = ({ id, nodes }: Result) => nodes.map(({ html }) => `${id}: ${html}`);
  return { passed: passes.length, found: violations.flatMap(placesOf) };
}

/**
 * What axe finds on the page and in its shadow roots, by rule and place, of any impact. From then on nothing
 * moves in the page: what is still fading in has less contrast. Throws if it looked at nothing.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const isLoaded = await page.evaluate(() => 'axe' in window);
  if (!isLoaded) await page.evaluate(await readFile(axePath, 'utf8'));
  const { passed, found } = await page.evaluate(run);
  if (passed <= 10) throw new Error(`axe checked ${passed} rules only`);
  return found;
}
