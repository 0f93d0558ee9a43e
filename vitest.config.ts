import { defineConfig } from 'vitest/config';
import CountReporter from './test/support/setup/count-reporter.ts';
import { LocalCloudStamp, localCloudChanged } from './test/support/setup/local-cloud-changed.ts';
import { patienceMs } from './test/support/time/patience.ts';

const setup = (name: string) => `test/support/setup/${name}.ts`;
const database = [setup('database'), setup('table-definition')];
const service = [setup('database'), setup('table-definition'), setup('start-shared')];

/** Of the tiers that speak the wire protocol. */
const setupFiles = [setup('each-file'), setup('each-wire-test')];

/** A tier starts what its tests need and nothing else. */
const tier = (name: string, dir: string, globalSetup: readonly string[], more = {}) => ({
  extends: true as const,
  test: { name, include: [`${dir}/**/*.test.ts`], globalSetup: [...globalSetup], ...more },
});

/** Left out as long as nothing it depends on has changed since it passed, unless it is asked for. */
const isLocalCloudDue =
  process.argv.some((argument) => argument.includes('local-cloud')) || localCloudChanged();
if (!isLocalCloudDue) console.log('Unchanged since it passed, and left out: packages/local-cloud');

export default defineConfig({
  test: {
    // Node 24 runs the TypeScript as it is; passing each file through Vite takes as long as the tests.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Twice the cores of a small machine: tests that speak over a wire wait as well.
    maxWorkers: 4,
    setupFiles: [setup('each-file')],
    testTimeout: 3 * patienceMs,
    hookTimeout: 3 * patienceMs,
    expect: { poll: { timeout: patienceMs } },
    reporters: ['default', new CountReporter(), new LocalCloudStamp()],
    coverage: {
      reportsDirectory: '.local/coverage',
      include: ['functions/**', 'packages/*/src/**', 'lib/**'],
      reporter: ['text-summary', 'html'],
    },
    projects: [
      // Files that share a process share what they import: a third of the processor's time.
      tier('unit', 'test/unit', [], { isolate: false }),
      tier('service', 'test/service', database, { isolate: false }),
      tier('simulation', 'test/simulation', [setup('table-definition')], { isolate: false }),
      tier('conformance', 'test/conformance', service, { isolate: false, setupFiles }),
      tier('system', 'test/system', service, { isolate: false, setupFiles }),
      ...(isLocalCloudDue
        ? [tier('local-cloud', 'packages/local-cloud/test', database, { isolate: false })]
        : []),
    ],
  },
});
