import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SynthesisError, synthesize } from '../../src/synthesis/synthesize.ts';

it('says what the app said when it fails', async () => {
  const projectDir = mkdtempSync(join(tmpdir(), 'app-'));
  writeFileSync(
    join(projectDir, 'app.mjs'),
    'console.error(process.env.CDK_CONTEXT_JSON); throw 1;',
  );
  writeFileSync(join(projectDir, 'cdk.json'), JSON.stringify({ app: 'node app.mjs' }));
  const outputDir = join(projectDir, 'out');
  const failing = synthesize({ projectDir, outputDir, settings: { pushWindowSeconds: '3' } });
  const error = await failing.catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(SynthesisError);
  expect(String(error)).toMatch(
    /^SynthesisError: The stack could not be synthesized \(cdk synth: 1\)\.\n/,
  );
  expect(String(error)).toContain('"pushWindowSeconds":"3"');
});
