import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one line that says how many tests passed and failed. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // Set-ups that failed: of a file, or of a group of tests in it, which are skipped then.
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = suites.filter((suite) => suite.errors().length > 0).length + errors.length;
    const skipped = count('skipped');
    const line = `${count('passed')} passed, ${count('failed') + broken} failed`;
    console.log(`\n${line}${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  }
}
