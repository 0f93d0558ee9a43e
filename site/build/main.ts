// Builds the documentation site: node site/build/main.ts [folder], by default .local/site.
import { join } from 'node:path';
import { buildSite } from './build-site.ts';

const projectDir = join(import.meta.dirname, '../..');
buildSite({ projectDir, outDir: process.argv[2] ?? join(projectDir, '.local/site') });
