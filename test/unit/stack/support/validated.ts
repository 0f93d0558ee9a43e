import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Stack, Stage } from 'aws-cdk-lib/core';
import type { TemplateJson } from './template-json.ts';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly description: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** The template, and what CDK's validation of it warns of. Throws for what it takes for an error. */
export function validated(stack: Stack): { template: TemplateJson; reports: string[] } {
  const assembly = Stage.of(stack)?.synth();
  if (assembly === undefined) throw new Error('The stack is in no app');
  const { pluginReports }: Report = JSON.parse(
    readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'),
  );
  const reports = pluginReports
    .flatMap(({ violations }) => violations)
    .flatMap(({ description, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${constructPath}: ${description}`),
    );
  return { template: assembly.getStackArtifact(stack.artifactId).template, reports };
}
