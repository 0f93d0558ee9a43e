import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe finds on the page, by rule and place, of any impact. From then on nothing moves in the page: what is
 * still fading in has less contrast. Throws if it looked at nothing.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8'));
  const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
  if (passes.length <= 10) throw new Error(`axe checked ${passes.length} rules only`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
