import { join } from 'node:path';
import { projectDir } from './package-source.ts';

/** The folders of the packages that are published, each with a `build.ts` that writes its `dist`. */
export const folders = ['client', 'server'].map((name) => join(projectDir, 'packages', name));
