// Takes the pictures of the documentation from the page as `npm start` serves it:
//   node scripts/take-pictures.ts [from-nobody-to-everyone]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { encodeGif } from './pictures/encode-gif.ts';
import { takeFacesLightUp } from './pictures/faces-light-up.ts';
import { takeFromNobodyToEveryone } from './pictures/from-nobody-to-everyone.ts';
import { startService } from './pictures/start-service.ts';

const imagesDir = join(import.meta.dirname, '../docs/images');
/** A picture that takes longer to load than the page is one that nobody sees. */
const maxBytes = 1_500_000;
const maxMs = 180_000;

chromium.setGraphicsMode = false;
const service = await startService();
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
});
try {
  const context = await browser.newContext({ locale: 'en-US', colorScheme: 'light' });
  const frames = await Promise.race([
    takeFromNobodyToEveryone(await context.newPage(), service.url),
    failAfter(maxMs),
  ]);
  const gif = encodeGif(frames);
  console.log(`${frames.length} frames, ${Math.round(gif.length / 1024)} KB`);
  if (gif.length > maxBytes) throw new Error(`The picture has ${gif.length} bytes.`);
  writeFileSync(join(imagesDir, 'from-nobody-to-everyone.gif'), gif);
  const faces = await takeFacesLightUp(await context.newPage(), service.url);
  writeFileSync(join(imagesDir, 'simulator.png'), faces);
} finally {
  await browser.close();
  await service.stop();
}

function failAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`Nothing was taken within ${ms / 1000} s.`)), ms).unref();
  });
}
