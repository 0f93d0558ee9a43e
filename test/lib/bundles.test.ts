import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { functionEnvironment } from '../../local/gateway/function-environment.ts';
import { readFunctionSettings } from '../../local/lambda/function-settings.ts';
import { Template } from '../../local/template/template.ts';

const mostKilobytes = 450;
const mostImportMs = 100;
const mostImports = 8;

const nowhere = 'http://127.0.0.1:1';
const environment = functionEnvironment({ dynamoDb: nowhere, lambda: nowhere });
const template = Template.read(inject('assemblyDir'));
const functions = readFunctionSettings(template, (value) => value, environment);

/** The module's own time, without the start of the process around it. */
const measureImport = `
const startMs = performance.now();
await import(process.argv[1]);
console.log(performance.now() - startMs);
process.exit();`;

/** With more to do than processors, time says little. */
const isBusy = () => (loadavg()[0] ?? 0) > availableParallelism();

/** Other tests keep the machine busy: what counts is how fast it can be. */
function fastestImportMs(file: string, env: Record<string, string>): number {
  const args = ['--input-type=module', '--eval', measureImport, pathToFileURL(file).href];
  let fastest = Infinity;
  for (let i = 0; i < 3 || (i < mostImports && fastest > mostImportMs && !isBusy()); i++) {
    const output = execFileSync(process.execPath, args, { env, encoding: 'utf8' });
    fastest = Math.min(fastest, Number(output));
  }
  return fastest;
}

describe.each(functions)('$logicalId', ({ logicalId, assetDir, environment: env }) => {
  const file = join(assetDir, 'index.mjs');

  it(`is at most ${mostKilobytes} KB`, () => {
    expect(statSync(file).size / 1024).toBeLessThanOrEqual(mostKilobytes);
  });

  it(`is imported within ${mostImportMs} ms`, (test) => {
    const importMs = fastestImportMs(file, env);
    console.log(`${logicalId}: imported in ${importMs.toFixed(0)} ms.`);
    test.skip(importMs > mostImportMs && isBusy(), 'the machine is too busy to tell');
    expect(importMs).toBeLessThanOrEqual(mostImportMs);
  });
});
