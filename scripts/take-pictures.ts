// Takes the pictures of the documentation from the page as `npm start` serves it: all of them, or those named.
//   node scripts/take-pictures.ts [receipts.png] [simulator.png] …
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Page, chromium as playwright } from 'playwright-core';
import { encodeGif } from './pictures/encode-gif.ts';
import { takeFacesLightUp } from './pictures/faces-light-up.ts';
import { takeFromNobodyToEveryone } from './pictures/from-nobody-to-everyone.ts';
import { takeReceipts } from './pictures/receipts.ts';
import { startService } from './pictures/start-service.ts';

const imagesDir = join(import.meta.dirname, '../docs/images');
/** A picture that takes longer to load than the page is one that nobody sees. */
const maxBytes = 1_500_000;
const maxMs = 180_000;

/** Each by the name of its file. */
const pictures: Record<string, (page: Page, url: string) => Promise<Uint8Array>> = {
  'from-nobody-to-everyone.gif': async (page, url) =>
    encodeGif(await takeFromNobodyToEveryone(page, url)),
  'receipts.png': takeReceipts,
  'simulator.png': takeFacesLightUp,
};

const asked = process.argv.slice(2);
chromium.setGraphicsMode = false;
const service = await startService();
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
});
try {
  const context = await browser.newContext({ locale: 'en-US', colorScheme: 'light' });
  for (const [name, take] of Object.entries(pictures)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const page = await context.newPage();
    const picture = await Promise.race([take(page, service.url), failAfter(maxMs)]);
    console.log(`${name}: ${Math.round(picture.length / 1024)} KB`);
    if (picture.length > maxBytes) throw new Error(`${name} has ${picture.length} bytes.`);
    writeFileSync(join(imagesDir, name), picture);
    await page.close();
  }
} finally {
  await browser.close();
  await service.stop();
}

function failAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`Nothing was taken within ${ms / 1000} s.`)), ms).unref();
  });
}
