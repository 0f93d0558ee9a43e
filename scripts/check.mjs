// Runs the checks of `npm run check` at the same time, and prints what each had to say, one after the
// other. Each but Biome, which needs none, keeps under .local what it knows of unchanged files.
import { spawn } from 'node:child_process';

const checks = {
  'format and lint': 'biome check .',
  types: 'tsc',
  imports:
    'depcruise --config scripts/import-rules.ts --cache .local/imports --cache-strategy content' +
    ' --output-type err-long bin lib functions packages demo examples site bench test scripts',
  'unused code': 'knip --cache --cache-location .local/knip',
};

const asked = process.argv.slice(2);
const chosen = Object.entries(checks).filter(
  ([name]) => asked.length === 0 || asked.includes(name),
);
const outcomes = chosen.map(([name, command]) => ({ name, outcome: runQuietly(command) }));
for (const { name, outcome } of outcomes) {
  const { output, code } = await outcome;
  console.log(`${code === 0 ? '✓' : '✗'} ${name}`);
  if (output.trim() !== '') console.log(output.trimEnd());
  if (code !== 0) process.exitCode = 1;
}

/** Its output, and 1 as its code when it cannot be started. */
function runQuietly(command) {
  const [file, ...args] = command.split(' ');
  return new Promise((resolve) => {
    const child = spawn(file, args);
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => chunks.push(chunk));
    }
    child.on('error', ({ message }) => resolve({ output: message, code: 1 }));
    child.on('close', (code) => resolve({ output: Buffer.concat(chunks).toString(), code }));
  });
}
