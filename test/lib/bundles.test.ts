import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { functionEnvironment } from '../../local/gateway/function-environment.ts';
import { readFunctionSettings } from '../../local/lambda/function-settings.ts';
import { Template } from '../../local/template/template.ts';

const mostKilobytes = 450;

const nowhere = 'http://127.0.0.1:1';
const functions = readFunctionSettings(
  Template.read(inject('assemblyDir')),
  (value) => value,
  functionEnvironment({ dynamoDb: nowhere, lambda: nowhere }),
);

it.each(functions)(`$logicalId is at most ${mostKilobytes} KB`, ({ assetDir }) => {
  const { size } = statSync(join(assetDir, 'index.mjs'));
  expect(size / 1024).toBeLessThanOrEqual(mostKilobytes);
});
