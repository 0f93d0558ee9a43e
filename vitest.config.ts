import { defineConfig } from 'vitest/config';
import CountReporter from './test/setup/count-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/start-shared.ts'],
    // Two processes on two cores: the database and the clouds under test need their share.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', new CountReporter()],
  },
});
