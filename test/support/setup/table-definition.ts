import { App } from 'aws-cdk-lib/core';
import type { TestProject } from 'vitest/node';
import { makeStack } from '../../unit/stack/support/synthesize.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A synthesized stack whose functions have no code: it says what the table is. */
    tableAssemblyDir: string;
  }
}

/** The table as the stack declares it, without bundling seven functions and a page for it. */
export default function provideTableDefinition(project: TestProject): void {
  const { root } = makeStack({ demoPage: 'false' }).node;
  if (!App.isApp(root)) throw new Error('the stack is not part of an app');
  project.provide('tableAssemblyDir', root.synth().directory);
}
