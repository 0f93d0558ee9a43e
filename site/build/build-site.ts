import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { layOut } from './layout.ts';
import { readNavigation } from './navigation.ts';
import { type Page, readPages } from './pages.ts';
import { type RenderedPage, renderPage } from './render-page.ts';
import { sectionsOf } from './sections.ts';

const siteDir = join(import.meta.dirname, '..');

export interface SiteOptions {
  projectDir: string;
  outDir: string;
}

export interface BuiltSite {
  /** The sources that are inside its scripts and styles, from the project on. */
  sources: readonly string[];
}

/**
 * Writes all pages of the project as a site of plain files: it works below any path and without a
 * network. Throws one sentence about a link that leads nowhere.
 */
export function buildSite({ projectDir, outDir }: SiteOptions): BuiltSite {
  const pages = readPages(projectDir);
  const context = { projectDir, pages };
  const navigation = readNavigation(pages.get('docs/README.md') as Page, context);
  const rendered = [...pages.values()].map((page) => renderPage(page, context));
  for (const each of rendered) write(join(outDir, each.page.url), layOut(each, navigation));
  for (const file of new Set(rendered.flatMap(({ files }) => files))) {
    cpSync(join(projectDir, 'docs', file), join(outDir, file));
  }
  return { sources: writeAssets(projectDir, join(outDir, 'assets'), rendered) };
}

/** Answers the sources of what it bundles. */
function writeAssets(
  projectDir: string,
  assetsDir: string,
  rendered: readonly RenderedPage[],
): string[] {
  write(join(assetsDir, 'search.json'), JSON.stringify(rendered.flatMap(sectionsOf)));
  cpSync(join(projectDir, 'demo/web/public/icon.svg'), join(assetsDir, 'icon.svg'));
  const web = (file: string) => join(siteDir, 'web', file);
  const options = {
    ...{ bundle: true, minify: true, target: 'es2022', outdir: assetsDir },
    ...{ absWorkingDir: projectDir, metafile: true },
  } as const;
  const plain = buildSync({ ...options, entryPoints: [web('theme.ts'), web('style.css')] });
  const modules = buildSync({
    ...options,
    entryPoints: [web('site.ts'), web('costs/costs.ts')],
    entryNames: '[name]',
    format: 'esm',
    splitting: true,
  });
  return [plain, modules].flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
