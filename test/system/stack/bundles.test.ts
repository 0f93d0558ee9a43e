import { statSync } from 'node:fs';
import { join } from 'node:path';
import { functionEnvironment } from '@seenby/local-cloud/gateway/function-environment.ts';
import { readFunctionSettings } from '@seenby/local-cloud/lambda/function-settings.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { expect, inject, it } from 'vitest';

const maxKilobytes = 450;

const nowhere = 'http://127.0.0.1:1';
const functions = readFunctionSettings(
  Template.read(inject('assemblyDir')),
  (value) => value,
  functionEnvironment({ dynamoDb: nowhere, queues: 'http://127.0.0.1:1', lambda: nowhere }),
);

it.each(functions)(`$logicalId is at most ${maxKilobytes} KB`, ({ assetDir }) => {
  const { size } = statSync(join(assetDir, 'index.mjs'));
  expect(size / 1024).toBeLessThanOrEqual(maxKilobytes);
});
