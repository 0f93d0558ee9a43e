import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const sourceOf = (name: string): string =>
  fileURLToPath(new URL(`../../../packages/${name}/src`, import.meta.url));

/**
 * The tests that kill mutants: of the rules and of the SDK, which need no database and no cloud.
 * Packages are those of the same tree: Stryker changes a copy of the project, while the links in
 * node_modules lead to the original.
 */
export default defineConfig({
  resolve: {
    alias: { '@seenby/core': sourceOf('core'), '@seenby/protocol': sourceOf('protocol') },
  },
  test: {
    include: ['test/unit/{core,store,client}/**/*.test.ts'],
    // Each mutant starts a process less for every test file that reaches it.
    isolate: false,
    env: { FAST_CHECK_SHRINK: 'false' },
  },
});
