import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const written: string[] = [];
process.once('exit', () => {
  for (const dir of written) rmSync(dir, { recursive: true, force: true });
});

/** Writes a cloud assembly as `cdk synth` lays it out, plus the files given by path; gone with the process. */
export function writeAssembly(
  template: Record<string, unknown>,
  files: Record<string, string> = {},
): string {
  const dir = mkdtempSync(join(tmpdir(), 'assembly-'));
  written.push(dir);
  const manifest = {
    artifacts: {
      Stack: {
        type: 'aws:cloudformation:stack',
        properties: { templateFile: 'Stack.template.json' },
      },
      'Stack.assets': { type: 'cdk:asset-manifest' },
    },
  };
  const all = {
    'manifest.json': JSON.stringify(manifest),
    'Stack.template.json': JSON.stringify(template),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}
