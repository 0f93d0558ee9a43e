import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserContextOptions } from 'playwright-core';
import { internalNames } from '../../../packages/client/internal-names.ts';
import { openBrowser } from '../../support/browser.ts';

/** What these pages have in their window. */
export interface ElementWindow {
  seenby: typeof import('./page-script.ts');
}

let script: Promise<string> | undefined;

/** The elements as they are published: with short names for what only the SDK's own parts see. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page-script.ts', import.meta.url))],
    ...{ bundle: true, format: 'iife', globalName: 'seenby', target: 'es2022', write: false },
    mangleProps: new RegExp(`^(?:${internalNames.join('|')})$`),
  });
  return outputFiles[0]?.text ?? '';
}

export interface ElementPageOptions extends BrowserContextOptions {
  lang?: string;
  /** Where the page is; of no origin without it. */
  url?: string;
  /** Inside `body`. */
  html: string;
}

/** A page with these elements in it, and all there is to move them. */
export async function openElements({ lang = 'en', html, url, ...options }: ElementPageOptions) {
  script ??= bundle();
  const context = await (await openBrowser()).newContext(options);
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(error));
  if (url === undefined) await page.setContent(documentOf(lang, html));
  else {
    const body = documentOf(lang, html);
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(url);
  }
  await page.addScriptTag({ content: await script });
  return page;
}

const documentOf = (lang: string, html: string): string =>
  `<!doctype html><html lang="${lang}"><head><title>Elements</title><style>
  :root{color-scheme:light dark;--seenby-face-ring:light-dark(#fff,#12181d)}
  body{margin:0;padding:24px;font:15px/1.45 system-ui,"Noto Sans SC",sans-serif;
  background:light-dark(#fff,#12181d);color:light-dark(#15202b,#e8edf2)}
  </style></head><body><main><h1 style="font-size:1rem">Elements</h1>${html}</main></body></html>`;
