import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

const load = createRequire(import.meta.url);

it("cdk.json has each of CDK's recommended feature flags", () => {
  const recommended: Record<string, unknown> = load('aws-cdk-lib/recommended-feature-flags.json');
  const { context }: { context: Record<string, unknown> } = load('../../../cdk.json');
  expect(context).toMatchObject(recommended);
});
