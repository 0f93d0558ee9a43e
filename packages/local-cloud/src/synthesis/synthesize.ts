import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The CDK app failed: one sentence, then what the CLI printed. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

/**
 * Runs a project's CDK app with these settings as its context. It needs neither network nor
 * account. Throws SynthesisError.
 */
export async function synthesize(options: {
  projectDir: string;
  outputDir: string;
  /** Values of the app's context, by name. */
  settings?: Record<string, string>;
  /** What the app has in its environment besides. */
  environment?: Record<string, string>;
}): Promise<{ durationMs: number }> {
  const startedMs = performance.now();
  const { projectDir, outputDir, settings = {}, environment = {} } = options;
  const args = [
    ...['synth', '--quiet', '--ci', '--no-notices', '--no-version-reporting', '--no-lookups'],
    ...['--output', outputDir],
    ...contextArguments(settings),
  ];
  const { outcome, output } = await runCdk(projectDir, args, environment);
  if (outcome !== 0) {
    throw new SynthesisError(
      `The stack could not be synthesized (cdk synth: ${outcome}).\n${output}`,
    );
  }
  return { durationMs: performance.now() - startedMs };
}

function contextArguments(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
}

function runCdk(
  projectDir: string,
  args: string[],
  environment: Record<string, string>,
): Promise<{ outcome: number | string; output: string }> {
  const cli = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: projectDir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // The app's own `node` must be the one that runs TypeScript.
      PATH: `${dirname(process.execPath)}:${join(projectDir, 'node_modules/.bin')}:${process.env.PATH}`,
      CI: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      ...environment,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return new Promise((resolve) => {
    child.once('error', (cause) => resolve({ outcome: cause.message, output }));
    child.once('close', (code, signal) => resolve({ outcome: code ?? signal ?? '', output }));
  });
}
